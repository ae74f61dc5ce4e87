package dev.lookbook.explain;

import java.util.Random;

/**
 * The directions in which vectors are longest: orthonormal rows that keep as much of the vectors' inner products as so
 * few numbers can. Found by orthogonal iteration on a sample (Golub and Van Loan, Matrix Computations, 8.2.4).
 */
final class Subspace {
    private static final int SAMPLE = 4000;
    private static final int ITERATIONS = 12;
    private static final long SEED = 1; // equal vectors, equal subspace

    private Subspace() {}

    /**
     * @param vectors {@code [count][size]}
     * @param wanted rows, at most {@code size}
     * @return {@code [wanted][size]}, roughly in the order of importance
     */
    static float[][] of(float[] vectors, int count, int size, int wanted) {
        float[][] basis = new float[wanted][size];
        Random random = new Random(SEED);
        for (float[] row : basis) {
            for (int i = 0; i < size; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        orthonormalise(basis);
        for (int i = 0; i < ITERATIONS; i++) {
            basis = timesSecondMoment(basis, vectors, count, size);
            orthonormalise(basis);
        }
        return basis;
    }

    private static float[][] timesSecondMoment(float[][] basis, float[] vectors, int count, int size) {
        float[][] result = new float[basis.length][size];
        int step = Math.max(1, count / SAMPLE);
        float[] vector = new float[size];
        for (int v = 0; v < count; v += step) {
            System.arraycopy(vectors, v * size, vector, 0, size);
            for (int k = 0; k < basis.length; k++) {
                float share = dot(basis[k], vector);
                float[] row = result[k];
                for (int i = 0; i < size; i++) {
                    row[i] += share * vector[i];
                }
            }
        }
        return result;
    }

    /** Gram and Schmidt, each row twice: once is not enough in single precision. A row that vanishes stays zero. */
    private static void orthonormalise(float[][] rows) {
        for (int k = 0; k < rows.length; k++) {
            double before = Math.sqrt(dot(rows[k], rows[k]));
            for (int round = 0; round < 2; round++) {
                for (int j = 0; j < k; j++) {
                    subtract(rows[k], rows[j], dot(rows[k], rows[j]));
                }
            }
            double length = Math.sqrt(dot(rows[k], rows[k]));
            double factor = length > 1e-5 * before ? 1 / length : 0;
            for (int i = 0; i < rows[k].length; i++) {
                rows[k][i] *= (float) factor;
            }
        }
    }

    private static void subtract(float[] from, float[] what, float times) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= times * what[i];
        }
    }

    static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
