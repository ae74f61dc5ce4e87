package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Activations;
import dev.lookbook.model.Layer;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Models;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptiveFieldTest {
    private static final int SIDE = TestImages.SIDE;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "small"})
    void aPlaceOfAMapSeesAllOfItsFieldAndNothingElse(String name) throws Exception {
        requireThatFieldsHold(ModelFile.read(TestImages.model(name)));
    }

    @Test
    void aMirroredMemberSeesTheOtherSide() throws Exception {
        requireThatFieldsHold(ModelFile.of(Models.twoMembers(3, new Random(4)), Models.info("a", "b", "c")));
    }

    @Test
    void fieldsGrowAsTextbooksSay() throws Exception {
        Map<String, ReceptiveField> fields = ReceptiveField.of(ModelFile.read(TestImages.model("classic")));

        assertThat(fields.get("conv1")).isEqualTo(new ReceptiveField(3, 1, -1, false));
        assertThat(fields.get("pool1")).isEqualTo(new ReceptiveField(4, 2, -1, false));
        assertThat(fields.get("conv2")).isEqualTo(new ReceptiveField(8, 2, -3, false));
        assertThat(fields.get("pool2")).isEqualTo(new ReceptiveField(10, 4, -3, false));
        assertThat(fields).doesNotContainKeys("flatten", "dense1");
    }

    /** Changes every pixel of a picture, one at a time, and looks at one place in the middle of each layer's maps. */
    private static void requireThatFieldsHold(ModelFile model) throws Exception {
        List<Layer> layers = model.layers().stream().filter(Layer::hasMaps).toList();
        byte[] pixels = new byte[(TestImages.SIZE + 1) * TestImages.SIZE];
        byte[] image = new byte[TestImages.SIZE];
        new Random(6).nextBytes(image); // noise: in a garment's black ground few features answer
        for (int i = 0; i <= TestImages.SIZE; i++) {
            System.arraycopy(image, 0, pixels, i * TestImages.SIZE, TestImages.SIZE);
            if (i > 0) {
                pixels[i * TestImages.SIZE + i - 1] ^= (byte) 0x80;
            }
        }
        Map<String, ReceptiveField> fields = ReceptiveField.of(model);
        try (Activations activations =
                Activations.open(model, layers.stream().map(Layer::name).toList())) {
            Map<String, float[]> values = activations.run(pixels, TestImages.SIZE + 1);
            for (Layer layer : layers) {
                requireThatFieldHolds(layer, fields.get(layer.name()), values.get(layer.name()));
            }
        }
    }

    private static void requireThatFieldHolds(Layer layer, ReceptiveField field, float[] values) {
        int row = layer.shape().get(1) / 2;
        int column = layer.shape().get(2) / 3;
        int size = values.length / (TestImages.SIZE + 1);
        float[] before = place(values, 0, size, layer, row, column);
        int top = SIDE;
        int bottom = -1;
        int left = SIDE;
        int right = -1;
        for (int i = 0; i < TestImages.SIZE; i++) {
            if (!Arrays.equals(before, place(values, i + 1, size, layer, row, column))) {
                top = Math.min(top, i / SIDE);
                bottom = Math.max(bottom, i / SIDE);
                left = Math.min(left, i % SIDE);
                right = Math.max(right, i % SIDE);
            }
        }
        int fieldTop = field.top(row);
        int fieldLeft = field.left(column, SIDE);
        assertThat(List.of(top, bottom, left, right))
                .as("first and last row and column that change %s, whose field is %s", layer.name(), field)
                .containsExactly(
                        Math.max(0, fieldTop),
                        Math.min(SIDE, fieldTop + field.size()) - 1,
                        Math.max(0, fieldLeft),
                        Math.min(SIDE, fieldLeft + field.size()) - 1);
    }

    /** The values of all maps at one place. */
    private static float[] place(float[] values, int image, int size, Layer layer, int row, int column) {
        int height = layer.shape().get(1);
        int width = layer.shape().get(2);
        float[] place = new float[layer.shape().get(0)];
        for (int c = 0; c < place.length; c++) {
            place[c] = values[image * size + (c * height + row) * width + column];
        }
        return place;
    }
}
