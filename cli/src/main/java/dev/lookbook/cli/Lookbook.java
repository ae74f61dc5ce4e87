package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code lookbook} and the entry point of the program. */
@Command(
        name = "lookbook",
        description = "Looks at a picture of clothing and says what it is, and shows how it knows.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeOnInvalidInput = Lookbook.WRONG_USAGE,
        exitCodeOnExecutionException = Lookbook.FAILED)
public final class Lookbook implements Callable<Integer> {

    /** Everything asked for was done. */
    public static final int DONE = 0;

    /** The command failed, or some of its inputs did. */
    public static final int FAILED = 1;

    /** The command line itself is wrong: an unknown option, a missing argument, a value of the wrong form. */
    public static final int WRONG_USAGE = 2;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print the answer and errors only.")
    private boolean quiet;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where an error came from.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private final Console console;

    Lookbook(Console console) {
        this.console = console;
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && Set.of("classify", "explain", "serve").contains(args[0])) {
            Classifier.preload(); // takes as long as finding out what is to be done
        }
        System.exit(run(args));
    }

    /**
     * Runs one command line in this process, with its standard streams.
     *
     * @return {@link #DONE}, {@link #FAILED} or {@link #WRONG_USAGE}
     */
    public static int run(String... args) {
        return run(Console.ofProcess(), args);
    }

    static int run(Console console, String... args) {
        Lookbook lookbook = new Lookbook(console);
        Problems problems = new Problems(lookbook);
        try {
            int exitCode = lookbook.commandLine(problems, args).execute(args);
            console.out().check();
            return exitCode;
        } catch (UncheckedIOException | LinkageError | OutOfMemoryError e) { // picocli hands over exceptions only
            return problems.report(e);
        } finally {
            console.flush();
        }
    }

    private CommandLine commandLine(Problems problems, String... args) {
        return Commands.commandLine(this, args)
                .setOut(console.outWriter())
                .setErr(console.errWriter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return WRONG_USAGE;
    }

    /** Where commands print, already obeying {@code --quiet}. */
    Console console() {
        return quiet ? console.quiet() : console;
    }

    boolean verbose() {
        return verbose;
    }
}
