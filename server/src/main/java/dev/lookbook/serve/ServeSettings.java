package dev.lookbook.serve;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Everything that is decided before a server starts.
 *
 * @param models the folder of the model files
 * @param runs the folder of the training runs that the page shows; need not exist
 * @param model the name of the model that answers where a request names none
 * @param poll how often the folder is looked at for new and changed files
 * @param version of Lookbook, as clients get to see it
 */
public record ServeSettings(
        Path models, Path runs, String model, Duration poll, Access access, Limits limits, String version) {

    public ServeSettings {
        limits.requireMemory();
        if (poll.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "the folder must be looked at every millisecond at most, but poll was " + poll);
        }
    }
}
