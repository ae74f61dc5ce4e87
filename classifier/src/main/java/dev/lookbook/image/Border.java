package dev.lookbook.image;

/** What a kernel sees beyond the edge of a picture. */
public enum Border {
    /** Black: {@code 0 0 | a b c | 0 0}. */
    ZERO {
        @Override
        int inside(int i, int length) {
            return i < 0 || i >= length ? OUTSIDE : i;
        }
    },
    /** The nearest pixel: {@code a a | a b c | c c}. */
    EDGE {
        @Override
        int inside(int i, int length) {
            return Math.max(0, Math.min(length - 1, i));
        }
    },
    /** The picture mirrored at its outermost pixels: {@code c b | a b c | b a}. */
    REFLECT {
        @Override
        int inside(int i, int length) {
            int period = Math.max(1, 2 * (length - 1));
            int j = Math.floorMod(i, period);
            return j < length ? j : period - j;
        }
    };

    static final int OUTSIDE = -1;

    /** The row or column, of {@code length}, that stands in for row or column {@code i}; {@link #OUTSIDE} for black. */
    abstract int inside(int i, int length);
}
