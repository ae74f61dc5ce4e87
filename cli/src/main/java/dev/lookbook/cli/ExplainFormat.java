package dev.lookbook.cli;

/** What {@code explain} makes. */
enum ExplainFormat {
    /** A page and pictures, in a folder. */
    HTML,
    /** The same as data, a JSON object per picture. */
    JSON
}
