package dev.lookbook.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that measures Lookbook beside what else a Java user would pick; {@code bench/peers} starts it. */
@Command(
        name = "bench/peers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Measures Lookbook and its peers on this machine: images per second in training and in classification, time to",
            "the first answer, memory, and the shortest training schedules that reach accuracies. Every measurement has a",
            "process of its own; the order alternates. Interrupt it at will: the same command goes on where it stopped."
        })
public final class Peers implements Callable<Integer> {
    private static final double SHORT_EPOCHS = 0.04;
    private static final double SHORT_SECONDS = 1;
    private static final int SHORT_TEST_IMAGES = 500;
    /** Java takes seconds to compile what it runs: shorter training would measure that. */
    private static final double SPEED_EPOCHS = 1;

    private static final double SPEED_SECONDS = 10;
    /** To start, save and score: on top of the training that the limit is for. */
    private static final Duration SPARE = Duration.ofMinutes(5);

    private static final Set<String> OF_THIS_MACHINE = Set.of("--home", "--data", "--out", "--short");

    private enum Part {
        SPEED,
        SCHEDULES
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--home", required = true, hidden = true)
    private Path home;

    @Option(names = "--data", description = "The folder of Fashion-MNIST's four files; data/fashion-mnist if left out.")
    private Path data;

    @Option(names = "--short", description = "Only see that everything works: minutes, figures that mean nothing.")
    private boolean isShort;

    @Option(names = "--out", description = "Where to keep the figures; docs/results if left out.")
    private Path out;

    @Option(
            names = "--contestants",
            split = ",",
            paramLabel = "LIBRARY:NETWORK",
            defaultValue = "lookbook:small,lookbook:classic,lookbook-fp32:classic,djl:classic,dl4j:classic",
            description = "Who is measured: ${DEFAULT-VALUE}.")
    private List<String> contestants;

    @Option(names = "--only", description = "One part alone: ${COMPLETION-CANDIDATES}.")
    private Part only;

    @Option(names = "--rounds", defaultValue = "5", description = "Measurements of each speed: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--epochs",
            split = ",",
            defaultValue = "1,2,3,4,6,8,12,16,24,32",
            description = "The schedules that are tried, ascending: ${DEFAULT-VALUE}.")
    private List<Double> epochs;

    @Option(
            names = "--targets",
            split = ",",
            defaultValue = "0.91,0.92,0.93,0.94",
            description = "Mean test accuracies to reach, ascending: ${DEFAULT-VALUE}.")
    private List<Double> targets;

    @Option(names = "--seeds", defaultValue = "3", description = "Runs of each schedule: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--minutes", defaultValue = "20", description = "The longest schedule: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(
            names = "--patience",
            defaultValue = "2",
            description = "End a search after so many longer schedules without a gain; 0: never. ${DEFAULT-VALUE}.")
    private int patience;

    @Option(names = "--threads", description = "Threads of each; all processors if left out.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--stop-after", paramLabel = "MINUTES", description = "Begin nothing new after so long.")
    private double stopAfter = Double.POSITIVE_INFINITY;

    private final long start = System.nanoTime();
    private Path work;

    /** How to start a library. */
    @FunctionalInterface
    interface Starter {
        EntrantProcess start(String entrant, Path home, int threads, String what);
    }

    private final Starter starter;
    private final Duration spare;

    private Peers(Starter starter, Duration spare) {
        this.starter = starter;
        this.spare = spare;
    }

    public static void main(String... args) {
        System.exit(commandLine(Entrants::named, SPARE).execute(args));
    }

    /** @param spare how much longer than {@code --minutes} a process may take */
    static CommandLine commandLine(Starter starter, Duration spare) {
        return new CommandLine(new Peers(starter, spare))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new OneLine());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (isShort) {
            shorten();
        }
        data = data == null ? home.resolve("data/fashion-mnist") : data;
        work = home.resolve("bench/target/peers");
        out = out == null ? home.resolve("docs/results") : out;
        Files.createDirectories(work);
        Files.createDirectories(out);
        setup().write(out);
        if (only != Part.SCHEDULES) {
            measureSpeed();
        }
        if (only != Part.SPEED) {
            climb();
        }
        System.out.println("figures: " + out);
        return 0;
    }

    private void shorten() throws IOException {
        rounds = 1;
        seeds = 1;
        epochs = List.of(SHORT_EPOCHS);
        out = out == null ? Files.createTempDirectory("peers-short") : out;
    }

    private Setup setup() throws IOException, InterruptedException {
        Setup setup = Setup.here(threads, ladder(), command(), Code.of(home));
        return only == Part.SPEED ? setup.withLadderOf(out) : setup;
    }

    /** As it was typed, but for what says where files lie on this machine. */
    private String command() {
        StringBuilder command = new StringBuilder("bench/peers");
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!OF_THIS_MACHINE.contains(option.longestName())) {
                command.append(' ').append(option.longestName());
                option.originalStringValues()
                        .forEach(value -> command.append(' ').append(value));
            }
        }
        return command.toString();
    }

    private Ladder ladder() {
        return new Ladder(epochs, targets, seeds, minutes * 60, patience);
    }

    private void measureSpeed() throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : inOrderOf(round)) {
                int thisRound = round;
                boolean done = Rows.speed(out).stream()
                        .anyMatch(row -> row.contestant().equals(contestant) && row.round() == thisRound);
                if (!done && isTimeLeft()) {
                    SpeedRow row = speed(contestant, round);
                    requireSameNetwork(row);
                    Rows.add(out, row);
                    System.out.println(row.line());
                }
            }
        }
    }

    /** Networks of one name must be one network. */
    private void requireSameNetwork(SpeedRow row) throws IOException {
        for (SpeedRow other : Rows.speed(out)) {
            if (other.network().equals(row.network()) && other.parameters() != row.parameters()) {
                throw new IOException(row.contestant() + " has " + row.parameters() + " weights, and "
                        + other.contestant() + " has " + other.parameters() + ": these are not the same network");
            }
        }
    }

    private SpeedRow speed(Contestant contestant, int round) throws IOException, InterruptedException {
        Path model = fresh(contestant);
        double part = isShort ? SHORT_EPOCHS : SPEED_EPOCHS;
        Entrant.Task task = new Entrant.Task(contestant.network(), part, round, threads);
        EntrantProcess.Told trained = runToTheEnd(contestant, Child.trainArguments(task, data, model, testImages()));
        EntrantProcess.Told classified = runToTheEnd(
                contestant,
                Child.classifyArguments(model, threads, data, testImages(), isShort ? SHORT_SECONDS : SPEED_SECONDS));
        // The first start after a build, or after much else, reads files from disk: not what is asked for.
        runToTheEnd(contestant, Child.answerArguments(model, threads, data));
        EntrantProcess.Told answered = runToTheEnd(contestant, Child.answerArguments(model, threads, data));
        remove(model);
        return new SpeedRow(
                contestant.entrant(),
                contestant.network(),
                round,
                trained.value("precision"),
                threads,
                Long.parseLong(trained.value("parameters")),
                Double.parseDouble(trained.value("train_images_per_second")),
                Long.parseLong(trained.value("train_resident_mib")),
                Double.parseDouble(classified.value("classify_images_per_second")),
                Long.parseLong(classified.value("classify_resident_mib")),
                answered.secondsToFirst());
    }

    /** One more run for each contestant in turn, until nothing is left to find out of any. */
    private void climb() throws IOException, InterruptedException {
        boolean isClimbing = true;
        for (int round = 1; isClimbing; round++) {
            isClimbing = false;
            for (Contestant contestant : inOrderOf(round)) {
                List<ScheduleRow> done = Rows.schedules(out).stream()
                        .filter(row -> row.contestant().equals(contestant))
                        .toList();
                Optional<Ladder.Next> next = ladder().next(done);
                if (next.isPresent() && isTimeLeft()) {
                    ScheduleRow row = schedule(contestant, next.get());
                    Rows.add(out, row);
                    System.out.println(row.line());
                    isClimbing = true;
                }
            }
        }
    }

    private ScheduleRow schedule(Contestant contestant, Ladder.Next next) throws IOException, InterruptedException {
        Path model = fresh(contestant);
        Entrant.Task task = new Entrant.Task(contestant.network(), next.epochs(), next.seed(), threads);
        EntrantProcess.Told told = run(contestant, Child.trainArguments(task, data, model, testImages()));
        remove(model);
        boolean tooLong = told.timedOut();
        return new ScheduleRow(
                contestant.entrant(),
                contestant.network(),
                next.epochs(),
                next.seed(),
                told.value("precision"),
                threads,
                tooLong ? 0 : Long.parseLong(told.value("steps")),
                tooLong ? Double.NaN : Double.parseDouble(told.value("train_seconds")),
                told.seconds(),
                tooLong ? Double.NaN : Double.parseDouble(told.value("accuracy")),
                tooLong ? 0 : Long.parseLong(told.value("train_resident_mib")));
    }

    /** Of a speed, unlike of a schedule, nothing is known if the process was ended. */
    private EntrantProcess.Told runToTheEnd(Contestant contestant, List<String> arguments)
            throws IOException, InterruptedException {
        EntrantProcess.Told told = run(contestant, arguments);
        if (told.timedOut()) {
            throw new IOException(contestant + " took longer than " + limit().toSeconds() + " s to " + arguments.get(0)
                    + ", and was ended. Give more --minutes, or name other --contestants");
        }
        return told;
    }

    private EntrantProcess.Told run(Contestant contestant, List<String> arguments)
            throws IOException, InterruptedException {
        String what = arguments.get(0);
        EntrantProcess process = starter.start(contestant.entrant(), home, threads, what);
        return process.run(arguments, work.resolve(contestant.entrant() + "-" + what + ".log"), limit());
    }

    private Duration limit() {
        return Duration.ofSeconds((long) (minutes * 60)).plus(spare);
    }

    /** The contestants, in every other round the last one first. */
    private List<Contestant> inOrderOf(int round) {
        List<Contestant> order =
                new ArrayList<>(contestants.stream().map(Contestant::parse).toList());
        if (round % 2 == 0) {
            Collections.reverse(order);
        }
        return order;
    }

    private int testImages() {
        return isShort ? SHORT_TEST_IMAGES : Idx.TEST_IMAGES;
    }

    private boolean isTimeLeft() {
        return (System.nanoTime() - start) / 60e9 < stopAfter;
    }

    private Path fresh(Contestant contestant) throws IOException {
        Path model = work.resolve(contestant.entrant() + "-" + contestant.network());
        remove(model);
        return model;
    }

    private static void remove(Path model) throws IOException {
        if (!Files.exists(model)) {
            return;
        }
        try (var files = Files.walk(model)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
