package dev.lookbook.audience;

/**
 * Which shop to make up; equal settings and an equal catalogue give equal files, byte for byte.
 *
 * @param articles how many; where they are more than the pictures, several articles share one
 */
public record DemoSettings(ShopKind kind, long seed, int customers, int articles) {

    private static final int MOST_CUSTOMERS = 10_000_000;

    public DemoSettings {
        if (customers < 100 || customers > MOST_CUSTOMERS) {
            throw new IllegalArgumentException(
                    "a shop needs from 100 to " + MOST_CUSTOMERS + " customers, but " + customers + " were asked for");
        }
        if (articles < 100) {
            throw new IllegalArgumentException("a shop needs at least 100 articles, but has " + articles);
        }
    }
}
