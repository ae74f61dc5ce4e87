package dev.lookbook.audience;

import java.io.IOException;

/**
 * What the database may take of this machine.
 *
 * @param memory beside Java's, as {@code 2GB}; what needs more goes through the disk
 * @param models where the models are, for campaigns whose articles are pictures not classified yet
 */
public record Resources(int threads, String memory, ModelFinder models) {
    public static final String DEFAULT_MEMORY = "2GB";

    public Resources {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but are " + threads);
        }
        if (!memory.matches("\\d+(\\.\\d+)?\\s?[KMGT]i?B")) {
            throw new IllegalArgumentException("memory is written as 2GB or 512MB, but is " + memory);
        }
    }

    Database open() throws IOException {
        return Database.open(threads, memory);
    }
}
