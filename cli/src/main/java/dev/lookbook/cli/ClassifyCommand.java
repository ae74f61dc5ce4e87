package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Result;
import dev.lookbook.dataset.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook classify}: says what pictures show. */
@Command(
        name = "classify",
        description = {
            "Say what pictures of clothing show.",
            "A picture that cannot be read is a row with an error; the exit code is then 1.",
        })
final class ClassifyCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(
            arity = "1..*",
            paramLabel = "INPUT",
            description = {
                "Pictures, folders of pictures, CSV or IDX files, or one row of them as FILE#INDEX;",
                "- reads such names from stdin, one a line."
            })
    private List<String> names;

    @Mixin
    private ModelOption model;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description = "table, csv or jsonl (default: as the ending of --out tells, else table).")
    private Optional<ResultFormat> format = Optional.empty();

    @Option(names = "--probabilities", description = "Print the probability of every label.")
    private boolean probabilities;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "1",
            description = "Print the K most probable labels (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write to a new file, which appears when all is done, instead of stdout.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--show-prepared",
            paramLabel = "DIR",
            description = "Write what the network saw of each picture to a new folder.")
    private Optional<Path> prepared = Optional.empty();

    ClassifyCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UsageException("--top must be at least 1, but was " + top);
        }
        if (out.isPresent()) {
            NewFile.require(out.get());
        }
        try (Classifier classifier = Classifier.open(model.file())) {
            Tally tally = new Tally();
            PreparedFolder seen = prepared.isPresent() ? new PreparedFolder(prepared.get()) : null;
            if (out.isPresent()) {
                String file = out.get().toString();
                WholeFile.write(
                        out.get(),
                        stream -> classify(classifier, new Output(stream, StandardCharsets.UTF_8, file), seen, tally));
            } else {
                classify(classifier, lookbook.console().out(), seen, tally);
            }
            tally.tell(lookbook.console());
            return tally.failed() == 0 ? Lookbook.DONE : Lookbook.FAILED;
        }
    }

    private void classify(Classifier classifier, Output to, PreparedFolder seenOrNull, Tally tally) throws IOException {
        ResultFormat chosen =
                format.orElse(ResultFormat.ofFile(out.map(Path::toString).orElse("")));
        List<String> labels = classifier.model().info().labels();
        ResultWriter writer = chosen.to(to, labels, new ResultDetail(probabilities, top));
        boolean answersAtOnce = names.contains(Names.STDIN);
        try (Inputs inputs = new Inputs(new Names(names, lookbook.console().in()))) {
            classifier.classifyAll(inputs, result -> {
                writer.write(result);
                if (seenOrNull != null) {
                    seenOrNull.write(result);
                }
                tally.count(result);
                if (answersAtOnce || tally.isTimeToFlush()) {
                    writer.flush();
                    to.check();
                }
            });
        }
        writer.flush();
        to.check();
    }

    /** How many were classified and how many failed. */
    private static final class Tally {

        private static final long NANOS_BETWEEN_FLUSHES = 50_000_000;

        private final long start = System.nanoTime();
        private long lastFlush = start;
        private long classified;
        private long failed;

        void count(Result result) {
            if (result.prediction().isPresent()) {
                classified++;
            } else {
                failed++;
            }
        }

        long failed() {
            return failed;
        }

        /** Often enough for somebody who watches, seldom enough to cost nothing. */
        boolean isTimeToFlush() {
            long now = System.nanoTime();
            if (now - lastFlush < NANOS_BETWEEN_FLUSHES) {
                return false;
            }
            lastFlush = now;
            return true;
        }

        void tell(Console console) {
            if (classified + failed > 1) {
                double seconds = (System.nanoTime() - start) / 1e9;
                console.note(
                        String.format(Locale.ROOT, "%d classified, %d failed in %.1f s", classified, failed, seconds));
            }
        }
    }
}
