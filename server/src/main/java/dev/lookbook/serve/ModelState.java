package dev.lookbook.serve;

/**
 * A line of the repository's index.
 *
 * @param version empty if the file could not be read
 * @param ready whether requests for it are answered
 * @param reason why not, or what is wrong with a newer file of that name; else empty
 */
record ModelState(String name, String version, boolean ready, String reason) {}
