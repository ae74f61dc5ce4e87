package dev.lookbook.audience;

import java.io.IOException;
import java.nio.file.Path;

/** Finds the file of a model by what a campaign calls it. */
@FunctionalInterface
public interface ModelFinder {
    /** @throws IOException with a message for the user, if there is no such model */
    Path find(String name) throws IOException;
}
