package dev.lookbook.cli;

import dev.lookbook.audience.Backtest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook audience backtest}: how good the ranking would have been earlier. */
@Command(
        name = "backtest",
        description = {
            "Rank the customers at earlier dates, by the score and by simple rules, and count who bought in the weeks"
                    + " after.",
        })
final class AudienceBacktestCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign file; its conditions are left aside.")
    private Path campaign;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "A new folder for the report.")
    private Path out;

    @Option(
            names = "--dates",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many dates, a horizon apart (default: ${DEFAULT-VALUE}).")
    private int dates;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description =
                    "A CSV file with article_id,label: what the articles really are. Buyers are then counted by it,"
                            + " and it is told what the classifier's mistakes cost.")
    private Optional<Path> truth = Optional.empty();

    @Mixin
    private AudienceOptions options;

    AudienceBacktestCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (dates < 1) {
            throw new UsageException("--dates must be at least 1, but is " + dates);
        }
        Backtest.run(campaign, out, dates, truth, options.resources())
                .forEach(lookbook.console().out()::println);
        lookbook.console().note("The report: " + out.resolve("report.html"));
        return Lookbook.DONE;
    }
}
