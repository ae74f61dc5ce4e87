package dev.lookbook.train;

import java.util.SplittableRandom;

/**
 * Changes training pictures so that the network never sees quite the same twice: mirrored every other epoch, moved by
 * some pixels, a rectangle erased (Zhong et al., arXiv 1708.04896). What happens to a picture is a function of seed, step
 * and place in the batch.
 */
record Augmentation(
        long seed, long steps, boolean mirror, int shift, double erase, int eraseSide, int eraseFill, double plainEnd) {
    private static final int SMALLEST_HOLE = 4;

    static Augmentation of(TrainSettings settings) {
        return new Augmentation(
                settings.seed(),
                settings.steps(),
                settings.mirror(),
                settings.shift(),
                settings.erase(),
                settings.eraseSide(),
                settings.eraseFill(),
                settings.plainEnd());
    }

    /** The random numbers of one step's batch. */
    SplittableRandom random(long step) {
        return new SplittableRandom(mix(seed, step)); // mixed, or two seeds would draw the same numbers, moved by one
    }

    /**
     * Writes picture {@code image} of {@code from} to place {@code slot} of {@code to}, changed.
     *
     * @param epoch the number of the pass, from 0: a random half is mirrored in the first epoch, the other half
     *     in the next, and so on (alternating flip, Keller Jordan, arXiv 2404.00498)
     */
    void copy(
            byte[] from,
            int image,
            byte[] to,
            int slot,
            int height,
            int width,
            long epoch,
            long step,
            SplittableRandom random) {
        boolean flipped = mirror && ((mix(seed, image) + epoch) & 1) != 0;
        boolean plain = step >= steps * (1 - plainEnd);
        int dx = plain || shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
        int dy = plain || shift == 0 ? 0 : random.nextInt(-shift, shift + 1);
        int size = height * width;
        for (int y = 0; y < height; y++) {
            int sourceY = y - dy;
            for (int x = 0; x < width; x++) {
                int sourceX = (flipped ? width - 1 - x : x) - dx;
                boolean inside = sourceY >= 0 && sourceY < height && sourceX >= 0 && sourceX < width;
                to[slot * size + y * width + x] = inside ? from[image * size + sourceY * width + sourceX] : 0;
            }
        }
        if (!plain && erase > 0 && random.nextDouble() < erase) {
            eraseRectangle(to, slot * size, height, width, random);
        }
    }

    private void eraseRectangle(byte[] pixels, int at, int height, int width, SplittableRandom random) {
        int holeHeight = random.nextInt(SMALLEST_HOLE, eraseSide + 1);
        int holeWidth = random.nextInt(SMALLEST_HOLE, eraseSide + 1);
        int top = random.nextInt(0, Math.max(1, height - holeHeight + 1));
        int left = random.nextInt(0, Math.max(1, width - holeWidth + 1));
        for (int y = top; y < Math.min(height, top + holeHeight); y++) {
            java.util.Arrays.fill(
                    pixels, at + y * width + left, at + y * width + Math.min(width, left + holeWidth), (byte)
                            eraseFill);
        }
    }

    /** A well-mixed number per picture or step (the finaliser of SplitMix64). */
    private static long mix(long seed, long number) {
        long z = seed * 0x9E3779B97F4A7C15L + number;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
