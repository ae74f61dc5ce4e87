package dev.lookbook.explain;

/** A picture moved by one pixel in each of the four directions; what comes in at the edge is ground, 0. */
final class Shifts {
    private static final int[][] DIRECTIONS = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}};

    private Shifts() {}

    /** @param pixels {@code [side][side]} */
    static byte[][] byOnePixel(byte[] pixels, int side) {
        byte[][] shifted = new byte[DIRECTIONS.length][pixels.length];
        for (int d = 0; d < DIRECTIONS.length; d++) {
            for (int i = 0; i < pixels.length; i++) {
                int y = i / side - DIRECTIONS[d][0];
                int x = i % side - DIRECTIONS[d][1];
                if (y >= 0 && y < side && x >= 0 && x < side) {
                    shifted[d][i] = pixels[y * side + x];
                }
            }
        }
        return shifted;
    }
}
