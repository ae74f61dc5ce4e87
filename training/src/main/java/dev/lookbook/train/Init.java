package dev.lookbook.train;

import java.util.random.RandomGenerator;

/** Weights before the first step. */
final class Init {
    private Init() {}

    /** Uniform in +-1/sqrt(fanIn), libtorch's own start for convolutions and dense layers. */
    static float[] uniform(int count, int fanIn, RandomGenerator random) {
        float bound = (float) (1 / Math.sqrt(fanIn));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (2 * random.nextFloat() - 1) * bound;
        }
        return values;
    }

    /** Normal with deviation 1/sqrt(fanIn). */
    static float[] normal(int count, int fanIn, RandomGenerator random) {
        double deviation = 1 / Math.sqrt(fanIn);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return values;
    }

    /**
     * 3x3 kernels [out][in][3][3] whose first min(out, in) filters pass their channel on unchanged, the rest uniform:
     * the network starts as an identity and learns what to add (Zagoruyko and Komodakis, DiracNets, arXiv 1706.00388).
     */
    static float[] dirac(int out, int in, RandomGenerator random) {
        float[] values = uniform(out * in * 9, in * 9, random);
        for (int o = 0; o < Math.min(out, in); o++) {
            for (int i = 0; i < in * 9; i++) {
                values[o * in * 9 + i] = 0;
            }
            values[(o * in + o) * 9 + 4] = 1;
        }
        return values;
    }
}
