package dev.lookbook.audience;

/** A way to rank customers; the simple ones are what the score must beat. */
enum Ranker {
    SCORE("score", "the score of this method"),
    RECENCY("recency", "who bought last comes first"),
    POPULARITY("popularity", "who bought most of the hundred bestsellers of the window before"),
    FREQUENCY("frequency", "who bought most"),
    CLASS_COUNT("class count", "who bought most articles labelled with the class"),
    TRUE_LABELS("true labels", "the score, had the classifier made no mistake");

    private final String title;
    private final String meaning;

    Ranker(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    boolean isBaseline() {
        return this != SCORE && this != TRUE_LABELS;
    }
}
