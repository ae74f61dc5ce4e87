package dev.lookbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lookbook data}: the commands about labelled images. */
@Command(
        name = "data",
        description = "Look at labelled images, convert and download them.",
        subcommands = {DataInfoCommand.class, DataShowCommand.class, DataConvertCommand.class, DataFetchCommand.class})
final class DataCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Spec
    private CommandSpec spec;

    DataCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(lookbook.console().err());
        return Lookbook.WRONG_USAGE;
    }
}
