package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {

    @ParameterizedTest
    @EnumSource(Kernel.Preset.class)
    void everyNameIsAKernelWithAMiddle(Kernel.Preset preset) {
        Kernel kernel = Kernel.of(preset.id().toUpperCase(), OptionalInt.empty());

        assertThat(kernel.height()).isOdd().isEqualTo(kernel.width());
        assertThat(Kernel.isName(preset.id())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "identity, 1",
        "blur, 1",
        "box, 1",
        "gaussian, 1",
        "sharpen, 1",
        "unsharp, 1",
        "emboss, 1",
        "edges, 0",
        "sobel-x, 0",
        "sobel-y, 0",
        "laplacian, 0"
    })
    void blursAndSharpenersKeepTheBrightnessAndEdgeFindersDropIt(String name, double sum) {
        assertThat(Kernel.of(name, OptionalInt.empty()).sum()).isEqualTo(sum, within(1e-12));
    }

    @Test
    void theBlurIsBinomialAndTheBoxIsEven() {
        assertThat(Kernel.of("blur", OptionalInt.empty()).weights())
                .containsExactly(1 / 16., 2 / 16., 1 / 16., 2 / 16., 4 / 16., 2 / 16., 1 / 16., 2 / 16., 1 / 16.);
        assertThat(Kernel.of("box", OptionalInt.of(5)).weights()).hasSize(25).containsOnly(1 / 25.);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 -1 0; -1 5 -1; 0 -1 0", "0,-1,0;-1,5,-1;0,-1,0", " 0 -1 0 ;-1 5e0 -1\n0 -1 .0; "})
    void rowsOfNumbersAreAKernel(String text) {
        assertThat(Kernel.of(text, OptionalInt.empty()).weights())
                .containsExactly(Kernel.of("sharpen", OptionalInt.empty()).weights());
    }

    @Test
    void aKernelNeedNotBeSquare() {
        Kernel row = Kernel.of("1 2 1", OptionalInt.empty());

        assertThat(row.height()).isEqualTo(1);
        assertThat(row.weight(0, 1)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2; 3 4 | an odd number of rows and columns, so that it has a middle, but this has 2x2",
                "1 2 3; 4 5 6 | but this has 2x3",
                "1 2 3; 4 5; 6 7 8 | row 1 has 3 numbers and row 2 has 2",
                "1 2 3; 4 x 6; 7 8 9 | row 2 of the kernel has \"x\", which is no number",
                "1 NaN 3 | row 1 of the kernel has \"NaN\"",
                "1 1e999 3 | row 1 of the kernel has \"1e999\"",
                "1 0x1p3 3 | row 1 of the kernel has \"0x1p3\"",
                "1 2d 3 | row 1 of the kernel has \"2d\"",
                "; ; | row 1 of the kernel has \"\"",
                "sobel | there is no kernel \"sobel\". Known: identity, blur",
                "'' | there is no kernel \"\". Known",
            })
    void whatIsNoKernelIsRefusedAndTheMessageSaysWhere(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of(text, OptionalInt.empty()))
                .withMessageContaining(message);
    }

    @Test
    void aSizeThatMakesNoSenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("box", OptionalInt.of(4)))
                .withMessageContaining("must be odd, but was 4. Take 3 or 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("box", OptionalInt.of(-3)))
                .withMessageContaining("from 1 to 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("box", OptionalInt.of(1001)))
                .withMessageContaining("from 1 to 99");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("sobel-x", OptionalInt.of(5)))
                .withMessageContaining("sobel-x is always 3x3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("1 2 1", OptionalInt.of(3)))
                .withMessageContaining("a size goes with a named kernel only");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernel.of("1 ".repeat(101), OptionalInt.empty()))
                .withMessageContaining("at most 99");
    }
}
