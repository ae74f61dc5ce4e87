package dev.lookbook.cli;

import dev.lookbook.audience.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook audience why}: what is behind a customer's score. */
@Command(name = "why", description = "Show the numbers, purchases and pictures behind a customer's score.")
final class AudienceWhyCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer_id.")
    private String customer;

    @Option(
            names = {"-c", "--campaign"},
            required = true,
            paramLabel = "CAMPAIGN",
            description = "The campaign file.")
    private Path campaign;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new folder for a page with the pictures, why.html.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private AudienceOptions options;

    AudienceWhyCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        Why.explain(campaign, customer, out, options.resources())
                .forEach(lookbook.console().out()::println);
        out.ifPresent(folder -> lookbook.console().note("The page: " + folder.resolve("why.html")));
        return Lookbook.DONE;
    }
}
