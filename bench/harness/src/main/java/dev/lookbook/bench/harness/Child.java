package dev.lookbook.bench.harness;

import dev.lookbook.bench.harness.Entrant.Task;
import dev.lookbook.bench.harness.Entrant.TrainedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One measurement of one entrant: the main method of each entrant calls {@link #run}, and {@link EntrantProcess} starts it.
 * What was measured goes to stdout in lines {@code @name value}.
 */
public final class Child {
    static final String TRAIN = "train";
    static final String CLASSIFY = "classify";
    static final String ANSWER = "answer";

    /** What all entrants classify at a time. */
    private static final int BATCH = 250;

    private Child() {}

    /** The answers that a process gives before it ends, in its own words; anything else on stdout is talk. */
    static final String MARK = "@";

    public static void run(Entrant entrant, String... args) throws Exception {
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        switch (args[0]) {
            case TRAIN -> train(entrant, rest);
            case CLASSIFY -> classify(entrant, rest);
            case ANSWER -> answer(entrant, rest);
            default -> throw new IllegalArgumentException("unknown measurement " + args[0]);
        }
        // A library may leave threads behind that would keep the process alive.
        System.exit(0);
    }

    /** @param testImages how many of them to score */
    static List<String> trainArguments(Task task, Path data, Path model, int testImages) {
        return List.of(
                TRAIN,
                task.network(),
                Double.toString(task.epochs()),
                Long.toString(task.seed()),
                Integer.toString(task.threads()),
                data.toString(),
                model.toString(),
                Integer.toString(testImages));
    }

    private static void train(Entrant entrant, List<String> args) throws Exception {
        Task task = new Task(
                args.get(0),
                Double.parseDouble(args.get(1)),
                Long.parseLong(args.get(2)),
                Integer.parseInt(args.get(3)));
        Path data = Path.of(args.get(4));
        Path model = Path.of(args.get(5));
        Pace pace = new Pace();
        String precision = entrant.train(task, data, model, pace);
        tell("precision", precision);
        tell("steps", Integer.toString(pace.steps()));
        tell("train_seconds", "%.3f", pace.seconds());
        tell("train_images_per_second", "%.1f", pace.imagesPerSecond());
        tell("train_resident_mib", Long.toString(pace.residentMiB()));
        try (TrainedModel trained = entrant.open(model, task.threads())) {
            tell("parameters", Long.toString(trained.parameters()));
            tell("accuracy", "%.4f", accuracy(trained, Idx.test(data, Integer.parseInt(args.get(6)))));
        }
    }

    /** @param testImages how many of them to classify again and again */
    static List<String> classifyArguments(Path model, int threads, Path data, int testImages, double seconds) {
        return List.of(
                CLASSIFY,
                model.toString(),
                Integer.toString(threads),
                data.toString(),
                Integer.toString(testImages),
                Double.toString(seconds));
    }

    private static void classify(Entrant entrant, List<String> args) throws Exception {
        Idx test = Idx.test(Path.of(args.get(2)), Integer.parseInt(args.get(3)));
        double seconds = Double.parseDouble(args.get(4));
        try (TrainedModel trained = entrant.open(Path.of(args.get(0)), Integer.parseInt(args.get(1)))) {
            accuracy(trained, test); // warms up
            long start = System.nanoTime();
            long images = 0;
            while (System.nanoTime() - start < seconds * 1e9) {
                accuracy(trained, test);
                images += test.count();
            }
            tell("classify_images_per_second", "%.1f", images / ((System.nanoTime() - start) / 1e9));
            tell("classify_resident_mib", Long.toString(Memory.peakResidentMiB()));
        }
    }

    static List<String> answerArguments(Path model, int threads, Path data) {
        return List.of(ANSWER, model.toString(), Integer.toString(threads), data.toString());
    }

    private static void answer(Entrant entrant, List<String> args) throws Exception {
        try (TrainedModel trained = entrant.open(Path.of(args.get(0)), Integer.parseInt(args.get(1)))) {
            Idx first = Idx.test(Path.of(args.get(2)), 1);
            tell("answer", Integer.toString(trained.classify(first.pixels(), 1)[0]));
        }
    }

    private static double accuracy(TrainedModel trained, Idx test) throws Exception {
        int right = 0;
        for (int from = 0; from < test.count(); from += BATCH) {
            int count = Math.min(BATCH, test.count() - from);
            byte[] pixels = Arrays.copyOfRange(test.pixels(), from * Idx.PIXELS, (from + count) * Idx.PIXELS);
            int[] answers = trained.classify(pixels, count);
            for (int i = 0; i < count; i++) {
                right += answers[i] == test.labels()[from + i] ? 1 : 0;
            }
        }
        return (double) right / test.count();
    }

    private static void tell(String name, String format, double value) {
        tell(name, String.format(Locale.ROOT, format, value));
    }

    private static void tell(String name, String value) {
        System.out.println(MARK + name + " " + value);
        System.out.flush();
    }
}
