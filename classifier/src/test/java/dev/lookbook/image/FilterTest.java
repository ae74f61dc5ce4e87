package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Activations;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Models;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FilterTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersAreThoseOfOnnxRuntimesConvolution(long seed) throws Exception {
        Random random = new Random(seed);
        Kernel kernel = kernel(1 + 2 * random.nextInt(4), 1 + 2 * random.nextInt(4), random);
        int width = kernel.width() + random.nextInt(12);
        int height = kernel.height() + random.nextInt(12);
        int channels = random.nextBoolean() ? 1 : 3;
        byte[] pixels = new byte[width * height * channels];
        random.nextBytes(pixels);
        Picture picture = channels == 1 ? Picture.grey(width, height, pixels) : Picture.colour(width, height, pixels);
        Border border = Border.values()[random.nextInt(3)];

        float[] expected = byOnnxRuntime(picture, kernel, border, channels);

        for (int c = 0; c < channels; c++) {
            double[] answers = new Filter(kernel, border, 1, 0).answers(picture, c);
            for (int i = 0; i < answers.length; i++) {
                double wanted = expected[c * width * height + i];
                assertThat(answers[i]).isEqualTo(wanted, within(1e-4 * Math.max(1, Math.abs(wanted))));
            }
        }
    }

    @Test
    void theIdentityChangesNothingWhateverTheBorder() {
        byte[] pixels = new byte[3 * 7 * 5];
        new Random(1).nextBytes(pixels);
        Picture picture = Picture.colour(7, 5, pixels);

        for (Border border : Border.values()) {
            Picture same = new Filter(Kernel.of("identity", OptionalInt.empty()), border, 1, 0).apply(picture);

            assertThat(same.samples()).isEqualTo(picture.samples());
        }
    }

    @Test
    void anEvenAreaStaysEvenUpToItsEdgesUnlessTheBorderIsBlack() {
        byte[] pixels = new byte[36];
        java.util.Arrays.fill(pixels, (byte) 90);
        Picture even = Picture.grey(6, 6, pixels);
        Kernel box = Kernel.of("box", OptionalInt.of(3));

        assertThat(new Filter(box, Border.EDGE, 1, 0).apply(even).greyPixels()).containsOnly(90);
        assertThat(new Filter(box, Border.REFLECT, 1, 0).apply(even).greyPixels())
                .containsOnly(90);
        byte[] dark = new Filter(box, Border.ZERO, 1, 0).apply(even).greyPixels();
        assertThat(dark[0]).isEqualTo((byte) 40); // four of nine pixels are inside
        assertThat(dark[7]).isEqualTo((byte) 90);
    }

    @Test
    void scaleAndOffsetAreAppliedAndTheResultIsRoundedAndLimited() {
        Picture ramp = Picture.grey(4, 1, new byte[] {0, 100, (byte) 200, (byte) 255});
        Kernel one = Kernel.of("1", OptionalInt.empty());

        byte[] result = new Filter(one, Border.ZERO, 1.255, 10).apply(ramp).greyPixels();

        assertThat(result).containsExactly(10, (byte) 136, (byte) 255, (byte) 255);
        assertThat(new Filter(one, Border.ZERO, -1, 0).apply(ramp).greyPixels()).containsOnly(0);
    }

    @Test
    void aKernelLargerThanThePictureIsRefused() {
        Picture small = Picture.grey(4, 2, new byte[8]);
        Filter filter = new Filter(Kernel.of("box", OptionalInt.of(3)), Border.EDGE, 1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.apply(small))
                .withMessage("a kernel of 3x3 is larger than the picture, which has 4x2 pixels."
                        + " Take a smaller kernel or a larger picture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Filter(Kernel.of("blur", OptionalInt.empty()), Border.EDGE, Double.NaN, 0))
                .withMessageContaining("NaN");
    }

    private static Kernel kernel(int height, int width, Random random) {
        return new Kernel(height, width, random.doubles(height * width, -2, 2).toArray());
    }

    /** The picture is padded here, slowly; ONNX Runtime then needs no padding. [channels][height][width] */
    private static float[] byOnnxRuntime(Picture picture, Kernel kernel, Border border, int channels) throws Exception {
        int top = kernel.height() / 2;
        int left = kernel.width() / 2;
        int height = picture.height() + 2 * top;
        int width = picture.width() + 2 * left;
        byte[] padded = new byte[height * width * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = beyond(picture, border, x - left, y - top);
                for (int c = 0; c < channels; c++) {
                    padded[(y * width + x) * channels + c] = (byte) (rgb >> 8 * (channels == 1 ? 0 : 2 - c));
                }
            }
        }
        float[] weights = new float[channels * channels * kernel.weights().length];
        for (int c = 0; c < channels; c++) { // each channel looks at itself only
            for (int i = 0; i < kernel.weights().length; i++) {
                weights[(c * channels + c) * kernel.weights().length + i] = (float) kernel.weights()[i];
            }
        }
        Graph graph = new Graph(height, width, channels);
        String conv = graph.convolution(
                "conv", graph.pixels(1, 0), weights, channels, channels, kernel.height(), kernel.width(), null, 1, 0);
        String strongest = graph.globalMaxPool("strongest", conv);
        graph.outputs(strongest, strongest, 1);
        ModelFile model =
                ModelFile.of(graph, Models.info(channels == 1 ? new String[] {"a"} : new String[] {"a", "b", "c"}));
        try (Activations activations = Activations.open(model, List.of("conv"))) {
            return activations.run(padded, 1).get("conv");
        }
    }

    private static int beyond(Picture picture, Border border, int x, int y) {
        int w = picture.width();
        int h = picture.height();
        return switch (border) {
            case ZERO -> x < 0 || y < 0 || x >= w || y >= h ? 0 : picture.rgb(x, y);
            case EDGE -> picture.rgb(Math.min(w - 1, Math.max(0, x)), Math.min(h - 1, Math.max(0, y)));
            case REFLECT -> picture.rgb(bounced(x, w), bounced(y, h));
        };
    }

    /** Walks the way of a ball between the outermost pixels. */
    private static int bounced(int i, int length) {
        int at = i;
        while (length > 1 && (at < 0 || at >= length)) {
            at = at < 0 ? -at : 2 * (length - 1) - at;
        }
        return length == 1 ? 0 : at;
    }
}
