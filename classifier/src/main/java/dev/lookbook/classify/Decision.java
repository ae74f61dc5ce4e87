package dev.lookbook.classify;

/** Whether an answer can be used without a person looking at it. */
public enum Decision {
    /**
     * A garment was found, the picture is not stranger than all but one in a hundred held-out ones (if the model knows), and
     * the confidence is one at which held-out accuracy was at least 99%.
     */
    SURE,
    /** Better have somebody look. */
    UNSURE
}
