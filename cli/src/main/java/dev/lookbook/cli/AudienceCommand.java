package dev.lookbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lookbook audience}: from purchases of classified articles to the customers for a campaign. */
@Command(
        name = "audience",
        description = "Choose the customers for a campaign, from purchases of classified articles.",
        subcommands = {
            AudienceDemoCommand.class,
            AudienceBuildCommand.class,
            AudienceWhyCommand.class,
            AudienceBacktestCommand.class
        })
final class AudienceCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Spec
    private CommandSpec spec;

    AudienceCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(lookbook.console().err());
        return Lookbook.WRONG_USAGE;
    }
}
