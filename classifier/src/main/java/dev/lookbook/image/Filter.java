package dev.lookbook.image;

/**
 * Lays a kernel over every pixel of a picture: {@code scale * sum(weight * neighbour) + offset}, in double precision,
 * each colour by itself. The result has the picture's size.
 *
 * @param scale what the sums are multiplied by
 * @param offset what is added, 0 to 255 being black to white; 128 makes the negative answers of an edge filter visible
 */
public record Filter(Kernel kernel, Border border, double scale, double offset) {

    public Filter {
        if (!Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new IllegalArgumentException(
                    "scale and offset must be numbers, but were " + scale + " and " + offset);
        }
    }

    /** The filtered picture: answers rounded, those below 0 black, those above 255 white. */
    public Picture apply(Picture picture) {
        int channels = picture.isGrey() ? 1 : 3;
        byte[] result = new byte[picture.width() * picture.height() * channels];
        for (int c = 0; c < channels; c++) {
            double[] answers = answers(picture, c);
            for (int i = 0; i < answers.length; i++) {
                result[i * channels + c] = (byte) Math.max(0, Math.min(255, Math.round(answers[i])));
            }
        }
        return channels == 1
                ? Picture.grey(picture.width(), picture.height(), result)
                : Picture.colour(picture.width(), picture.height(), result);
    }

    /**
     * What the kernel answers at every pixel, not rounded and not limited.
     *
     * @param channel 0 of a grey picture; 0 red, 1 green, 2 blue of a colour picture
     * @return {@code [height][width]}
     * @throws IllegalArgumentException if the kernel is larger than the picture
     */
    public double[] answers(Picture picture, int channel) {
        int width = picture.width();
        int height = picture.height();
        if (kernel.height() > height || kernel.width() > width) {
            throw new IllegalArgumentException("a kernel of %dx%d is larger than the picture, which has %dx%d pixels"
                            .formatted(kernel.width(), kernel.height(), width, height)
                    + ". Take a smaller kernel or a larger picture");
        }
        double[] answers = new double[width * height];
        double[] padded = new double[width + kernel.width() - 1];
        for (int y = 0; y < height; y++) {
            for (int row = 0; row < kernel.height(); row++) {
                int source = border.inside(y + row - kernel.height() / 2, height);
                if (source != Border.OUTSIDE) {
                    pad(picture, channel, source, padded);
                    addRow(padded, row, answers, y * width, width);
                }
            }
        }
        for (int i = 0; i < answers.length; i++) {
            answers[i] = scale * answers[i] + offset;
        }
        return answers;
    }

    private void addRow(double[] padded, int row, double[] answers, int from, int width) {
        for (int column = 0; column < kernel.width(); column++) {
            double weight = kernel.weight(row, column);
            for (int x = 0; x < width; x++) {
                answers[from + x] += weight * padded[x + column];
            }
        }
    }

    /** A row of the picture with what lies beyond its ends. */
    private void pad(Picture picture, int channel, int y, double[] padded) {
        byte[] samples = picture.samples();
        int channels = picture.isGrey() ? 1 : 3;
        int width = picture.width();
        for (int i = 0; i < padded.length; i++) {
            int x = border.inside(i - kernel.width() / 2, width);
            padded[i] = x == Border.OUTSIDE ? 0 : samples[(y * width + x) * channels + channel] & 0xFF;
        }
    }
}
