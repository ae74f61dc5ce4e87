package dev.lookbook.bench.harness;

/** A library with a network, written {@code djl:classic}. */
public record Contestant(String entrant, String network) {

    static Contestant parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("\"" + text + "\" must be LIBRARY:NETWORK, such as djl:classic");
        }
        return new Contestant(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return entrant + ":" + network;
    }
}
