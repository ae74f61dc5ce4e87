package dev.lookbook.audience;

import java.time.LocalDate;
import java.util.List;

/**
 * What is fixed about made-up shops. The numbers were set before there was a method to find customers with, and stay as
 * they are: a method must not be helped by the world that it is judged in.
 */
final class DemoWorld {
    /** The day of the campaign; what happens from it on is written as truth only. */
    static final LocalDate TODAY = LocalDate.of(2025, 11, 3);

    /** Days of purchases before {@link #TODAY}: two years of weeks. */
    static final int HISTORY = 728;

    /** Days of purchases from {@link #TODAY} on. */
    static final int FUTURE = 28;

    static final LocalDate FIRST_DAY = TODAY.minusDays(HISTORY);

    static final double MEAN_DAYS_BETWEEN_VISITS = 45;

    /** Of the gamma distribution of visits per day over customers: 0.9 is a long tail of regulars. */
    static final double VISITS_SHAPE = 0.9;

    /** In the null shop all come as often as this, so that all shops sell about as much. */
    static final double NULL_DAYS_BETWEEN_VISITS = 100;

    /** Beside the first; Poisson. */
    static final double MEAN_FURTHER_ITEMS = 0.6;

    /** Of customers who are there on the first day; the others join on any day. */
    static final double THERE_FROM_THE_START = 0.5;

    static final double MEAN_DAYS_UNTIL_LOST = 500;

    /** Sum of the Dirichlet weights of tastes: a customer has two or three favourite classes. */
    static final double TASTE_STRENGTH = 2.5;

    static final double MEAN_DAYS_UNTIL_TASTE_MOVES = 365;

    /** How much of the old taste stays when it moves. */
    static final double OLD_TASTE = 0.5;

    /** More visits before Christmas. */
    static final double VISITS_SEASON = 0.25;

    static final int VISITS_PEAK = 344;

    /** The weekly pull of a class's fashion back to its mean. */
    static final double FASHION_MEMORY = 0.98;

    /** Standard deviation of a week's change in the logarithm of a class's fashion. */
    static final double FASHION_STEP = 0.03;

    static final double POPULAR_FASHION_STEP = 0.06;

    /** Standard deviation of the logarithm of articles' appeal. */
    static final double APPEAL = 1.0;

    static final double POPULAR_APPEAL = 1.8;

    /** Articles come out on any day of this many before the first, or later. */
    static final int OLDEST_ARTICLE = 364;

    /** Days after which an article sells half as well. */
    static final double ARTICLE_HALF_LIFE = 120;

    /** What is left of an article's appeal for ever. */
    static final double EVERGREEN = 0.02;

    static final double PRICE_SPREAD = 0.35;
    static final double REDUCED = 0.2;
    static final double CONSENT = 0.7;
    static final double SUPPRESSED = 0.01;

    /**
     * @param label as Fashion-MNIST calls it
     * @param share of purchases, over a year and all customers
     * @param season from 0 to 1: how far sales rise above their mean at the peak, and fall half a year later
     * @param peak day of the year
     */
    record Garment(String label, double share, double season, int peak, double price) {}

    static final List<Garment> GARMENTS = List.of(
            new Garment("T-shirt/top", 0.16, 0.4, 190, 12.99),
            new Garment("Trouser", 0.12, 0.1, 290, 34.99),
            new Garment("Pullover", 0.11, 0.6, 345, 29.99),
            new Garment("Dress", 0.12, 0.4, 165, 39.99),
            new Garment("Coat", 0.07, 0.8, 325, 89.99),
            new Garment("Sandal", 0.08, 0.8, 175, 29.99),
            new Garment("Shirt", 0.11, 0.2, 120, 24.99),
            new Garment("Sneaker", 0.11, 0.2, 100, 59.99),
            new Garment("Bag", 0.06, 0.2, 345, 44.99),
            new Garment("Ankle boot", 0.06, 0.7, 300, 79.99));

    private DemoWorld() {}

    static double[] shares() {
        return GARMENTS.stream().mapToDouble(Garment::share).toArray();
    }

    /** A yearly wave around 1. */
    static double wave(double reach, int day, int peak) {
        int dayOfYear = FIRST_DAY.plusDays(day).getDayOfYear();
        return 1 + reach * StrictMath.cos(2 * StrictMath.PI * (dayOfYear - peak) / 365.25);
    }
}
