package dev.lookbook.cli;

import dev.lookbook.audience.Audience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook audience build}: whom to address. */
@Command(
        name = "build",
        description = {
            "Choose the customers for a campaign. Leaves the list, the hold-out, files for upload, a manifest and a report;"
                    + " and says how many of the chosen should buy.",
        })
final class AudienceBuildCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign file (YAML), see docs/audience.md.")
    private Path campaign;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "A new folder for the audience.")
    private Path out;

    @Option(
            names = "--previous",
            paramLabel = "DIR",
            description = "An earlier audience: writes who is new and who must leave the list.")
    private Optional<Path> previous = Optional.empty();

    @Mixin
    private AudienceOptions options;

    AudienceBuildCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        Audience.Summary summary = Audience.build(campaign, out, previous, options.resources());
        summary.report().forEach(lookbook.console().out()::println);
        lookbook.console().note("The report: " + out.resolve("report.html"));
        return Lookbook.DONE;
    }
}
