package dev.lookbook.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A convolution kernel: weights for a pixel and its neighbours. Height and width are odd, so that there is a middle.
 *
 * <p>As in neural networks the kernel is laid over the picture as it is written, not turned by 180 degrees first;
 * mathematicians call that cross-correlation.
 *
 * @param weights {@code [height][width]}; a copy, and copied when asked for
 */
public record Kernel(int height, int width, double[] weights) {

    private static final int LARGEST_SIDE = 99;

    public Kernel {
        if (height < 1 || width < 1 || height % 2 == 0 || width % 2 == 0) {
            throw new IllegalArgumentException("a kernel needs an odd number of rows and columns, so that it has a"
                    + " middle, but this has " + height + "x" + width + ". Add or remove one, such as 3x3");
        }
        if (weights.length != height * width) {
            throw new IllegalArgumentException(
                    "a kernel of " + height + "x" + width + " cannot have " + weights.length + " weights");
        }
        for (double weight : weights) {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("a kernel's weights must be numbers, but one is " + weight);
            }
        }
        weights = weights.clone();
    }

    /** The kernels that have a name. */
    public enum Preset {
        IDENTITY(3, 0, 0, 0, 0, 1, 0, 0, 0, 0),
        /** Binomial weights, such as 1 2 1: a soft blur of any size. */
        BLUR(3) {
            @Override
            double[] weights(int size) {
                double[] row = new double[size];
                row[0] = 1;
                for (int i = 1; i < size; i++) {
                    row[i] = row[i - 1] * (size - i) / i;
                }
                return normalised(outer(row));
            }
        },
        /** The mean of a square of any size. */
        BOX(3) {
            @Override
            double[] weights(int size) {
                double[] row = new double[size];
                Arrays.fill(row, 1);
                return normalised(outer(row));
            }
        },
        /** A Gaussian of any size, which ends at two standard deviations. */
        GAUSSIAN(5) {
            @Override
            double[] weights(int size) {
                double sigma = Math.max(1, size - 1) / 4.0;
                double[] row = new double[size];
                for (int i = 0; i < size; i++) {
                    double distance = (i - size / 2) / sigma;
                    row[i] = Math.exp(-distance * distance / 2);
                }
                return normalised(outer(row));
            }
        },
        SHARPEN(3, 0, -1, 0, -1, 5, -1, 0, -1, 0),
        /** Twice the picture minus its blur, of any size. */
        UNSHARP(5) {
            @Override
            double[] weights(int size) {
                double[] weights = BLUR.weights(size);
                for (int i = 0; i < weights.length; i++) {
                    weights[i] = (i == weights.length / 2 ? 2 : 0) - weights[i];
                }
                return weights;
            }
        },
        EDGES(3, -1, -1, -1, -1, 8, -1, -1, -1, -1),
        /** Brighter to the right (Sobel and Feldman 1968). */
        SOBEL_X(3, -1, 0, 1, -2, 0, 2, -1, 0, 1),
        /** Brighter downwards. */
        SOBEL_Y(3, -1, -2, -1, 0, 0, 0, 1, 2, 1),
        LAPLACIAN(3, 0, 1, 0, 1, -4, 1, 0, 1, 0),
        EMBOSS(3, -2, -1, 0, -1, 1, 1, 0, 1, 2);

        private final int size;
        private final double[] fixed;

        Preset(int size, double... fixed) {
            this.size = size;
            this.fixed = fixed;
        }

        /** What users call it, such as {@code sobel-x}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isOfAnySize() {
            return fixed.length == 0;
        }

        double[] weights(int ofSize) {
            return fixed;
        }
    }

    /**
     * A kernel by what a user wrote: a name such as {@code sharpen}, or rows of numbers such as
     * {@code 0 -1 0; -1 5 -1; 0 -1 0} (commas may stand between the numbers).
     *
     * @param size of a named kernel that comes in any size; empty: its usual one
     * @throws IllegalArgumentException if there is no such name, or the numbers are no kernel
     */
    public static Kernel of(String text, OptionalInt size) {
        for (Preset preset : Preset.values()) {
            if (preset.id().equalsIgnoreCase(text.strip())) {
                return of(preset, size);
            }
        }
        if (size.isPresent()) {
            throw new IllegalArgumentException("a size goes with a named kernel only, but \"" + text
                    + "\" is none. Leave the size out, or name one of " + sizeable());
        }
        return KernelText.parse(text);
    }

    private static Kernel of(Preset preset, OptionalInt size) {
        int side = size.orElse(preset.size);
        if (!preset.isOfAnySize() && side != preset.size) {
            throw new IllegalArgumentException(preset.id() + " is always " + preset.size + "x" + preset.size + ", not "
                    + side + "x" + side + ". Leave the size out, or take one of " + sizeable());
        }
        if (side < 1 || side > LARGEST_SIDE) {
            throw new IllegalArgumentException("a kernel's size must be odd and from 1 to 99, but was " + side);
        }
        if (side % 2 == 0) {
            throw new IllegalArgumentException("a kernel needs a middle, so its size must be odd, but was " + side
                    + ". Take " + (side - 1) + " or " + (side + 1));
        }
        return new Kernel(side, side, preset.weights(side));
    }

    /** Whether a text is the name of a kernel. */
    public static boolean isName(String text) {
        return Arrays.stream(Preset.values()).anyMatch(preset -> preset.id().equalsIgnoreCase(text.strip()));
    }

    /** The names, in order. */
    public static String names() {
        return Arrays.stream(Preset.values()).map(Preset::id).collect(Collectors.joining(", "));
    }

    private static String sizeable() {
        return Arrays.stream(Preset.values())
                .filter(Preset::isOfAnySize)
                .map(Preset::id)
                .collect(Collectors.joining(", "));
    }

    @Override
    public double[] weights() {
        return weights.clone();
    }

    public double weight(int row, int column) {
        return weights[row * width + column];
    }

    /** The sum of the weights: 1 keeps the brightness, 0 leaves nothing of an even area. */
    public double sum() {
        return Arrays.stream(weights).sum();
    }

    /** Whether a weight is below zero, so that answers can be, too. */
    public boolean isSigned() {
        return Arrays.stream(weights).anyMatch(weight -> weight < 0);
    }

    private static double[] outer(double[] row) {
        double[] square = new double[row.length * row.length];
        for (int i = 0; i < square.length; i++) {
            square[i] = row[i / row.length] * row[i % row.length];
        }
        return square;
    }

    private static double[] normalised(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }
}
