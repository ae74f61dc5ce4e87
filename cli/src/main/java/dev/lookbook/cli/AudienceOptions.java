package dev.lookbook.cli;

import dev.lookbook.audience.Resources;
import picocli.CommandLine.Option;

/** What the database behind audiences may take. */
final class AudienceOptions {

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = Resources.DEFAULT_MEMORY,
            description = "Memory for the database, beside Java's; what needs more goes through the disk"
                    + " (default: ${DEFAULT-VALUE}).")
    private String memory;

    @Option(names = "--threads", paramLabel = "N", description = "(default: as many as there are processors)")
    private int threads = Runtime.getRuntime().availableProcessors();

    Resources resources() {
        try {
            return new Resources(threads, memory, Home::findModel);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
