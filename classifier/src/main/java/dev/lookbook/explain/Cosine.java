package dev.lookbook.explain;

/** The cosine of the angle between two vectors. */
final class Cosine {
    private Cosine() {}

    /** From -1 to 1; of two zero vectors 1, of a zero vector and another 0. */
    static double of(float[] a, float[] b) {
        double product = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        if (aa == 0 || bb == 0) {
            return aa == bb ? 1 : 0;
        }
        return product / Math.sqrt(aa * bb);
    }
}
