package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
    @ParameterizedTest(name = "{0} with {1} decimals is {2}")
    @CsvSource({
        "1,       0, 100%",
        "0.9999,  0, >99%",
        "0.9949,  0, 99%",
        "0.99951, 1, >99.9%",
        "0.9994,  1, 99.9%",
        "1,       1, 100.0%",
        "0,       1, 0.0%"
    })
    void whatIsLessThanAllNeverReadsAsAHundredPerCent(double share, int decimals, String text) {
        assertThat(Html.percent(share, decimals)).isEqualTo(text);
    }

    @Test
    void textsAreEscapedAndPiecesOfHtmlAreNot() {
        assertThat(Html.of("<b>{}</b>{}", "a<b", Html.of("<i>{}</i>", ">99%")).markup())
                .isEqualTo("<b>a&lt;b</b><i>&gt;99%</i>");
    }
}
