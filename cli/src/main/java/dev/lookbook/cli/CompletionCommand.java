package dev.lookbook.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lookbook completion}: what a shell wants to read to complete our commands. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for bash and zsh.",
            "For this shell: source <(lookbook completion)",
        })
final class CompletionCommand implements Runnable {

    private final Lookbook lookbook;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public void run() {
        lookbook.console().out().print(AutoComplete.bash("lookbook", spec.root().commandLine()));
    }
}
