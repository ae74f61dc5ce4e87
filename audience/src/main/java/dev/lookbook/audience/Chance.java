package dev.lookbook.audience;

import java.util.SplittableRandom;

/** Seeded draws that are the same on every Java: the distributions are worked out here, in strict arithmetic. */
final class Chance {
    private final SplittableRandom random;

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Draws of their own for one thing, such as a customer, whatever else is drawn for others. */
    static Chance of(long seed, long thing) {
        return new Chance(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + thing * 0xD1B54A32D192ED03L + 1));
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    double uniform() {
        return (random.nextLong() >>> 11) * 0x1.0p-53;
    }

    boolean happens(double probability) {
        return uniform() < probability;
    }

    /** From 0 to {@code bound - 1}. */
    int whole(int bound) {
        return (int) (uniform() * bound);
    }

    double exponential(double mean) {
        return -mean * StrictMath.log1p(-uniform());
    }

    /** Box and Muller, one of the two numbers. */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log1p(-uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = uniform(); product > limit; product *= uniform()) {
            count++;
        }
        return count;
    }

    /** Marsaglia and Tsang (2000); scale 1. */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(1 - uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double root = 1 + c * x;
            double v = root * root * root;
            if (v > 0 && StrictMath.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** @param weights their sum says how little the draws differ from their mean, which is the weights' shares */
    double[] dirichlet(double[] weights) {
        double[] shares = new double[weights.length];
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = gamma(weights[k]);
            sum += shares[k];
        }
        for (int k = 0; k < shares.length; k++) {
            shares[k] = sum > 0 ? shares[k] / sum : 1.0 / shares.length;
        }
        return shares;
    }

    /** An index, as likely as its weight. */
    int index(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = uniform() * sum;
        for (int k = 0; k < weights.length; k++) {
            left -= weights[k];
            if (left < 0) {
                return k;
            }
        }
        return weights.length - 1;
    }
}
