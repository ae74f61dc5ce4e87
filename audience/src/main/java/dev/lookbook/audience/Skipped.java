package dev.lookbook.audience;

/**
 * Rows of an input that were left out, and the first of them.
 *
 * @param line of the first, counting the header as line 1
 * @param value what stands there
 */
record Skipped(String file, String problem, long rows, long line, String value) {}
