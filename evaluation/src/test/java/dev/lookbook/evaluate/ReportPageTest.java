package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final List<String> NASTY = List.of("<script>alert(1)</script>", "a \" b' & c", "{} plain");

    private static String page;

    @BeforeAll
    static void makePage() throws IOException {
        page = page(Toys.LABELS);
    }

    @Test
    void thePageNeedsNothingBesideIt() {
        assertThat(page).doesNotContain("<script", "http://", "https://", "url(", "@import", "<link");
        Matcher addresses =
                Pattern.compile("(?:src|srcset|href)=\"([^\"]{0,30})").matcher(page);
        assertThat(addresses.results().map(result -> result.group(1)))
                .hasSizeGreaterThan(40)
                .allMatch(address -> address.startsWith("data:image/png;base64,"));
    }

    @Test
    void namesOfClassesAreTextWhateverTheyContain() throws IOException {
        String page = page(NASTY);

        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "a &quot; b&#39; &amp; c", "{} plain")
                .doesNotContain("<script", "a \" b");
    }

    @Test
    void thePageSaysWhatTheModelComesFrom() {
        assertThat(page)
                .contains("toy, version 1.2", "<th>trained on</th><td>toys</td>", "<th>settings / seed</th><td>3</td>")
                .contains("&lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;");
    }

    @Test
    void everyElementIsClosed() {
        for (String element :
                List.of("section", "table", "tr", "td", "th", "figure", "div", "p", "b", "details", "ul", "li")) {
            assertThat(count(page, "<" + element + "[ >]"))
                    .as(element)
                    .isEqualTo(count(page, "</" + element + ">"))
                    .isPositive();
        }
    }

    @Test
    void aTemplateTakesNoMoreValuesThanItHasPlaces() {
        assertThat(Html.of("<b>{}</b>{}", "1 < 2", Html.of("<i>{}</i>", "{}")).markup())
                .isEqualTo("<b>1 &lt; 2</b><i>{}</i>");
        assertThatThrownBy(() -> Html.of("{}", 1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    private static String page(List<String> names) throws IOException {
        LabelledImages images = Toys.images(60, names, 1);
        float[] probabilities = new float[180];
        for (int i = 0; i < 60; i++) {
            probabilities[i * 3 + i % 3] = 0.7f;
            probabilities[i * 3 + (i + 1) % 3] = 0.3f;
        }
        LabelMap map = LabelMap.sameNames(names, names);
        int[] all = IntStream.range(0, 60).toArray();
        Answers answers = Answers.of(probabilities, new float[0], all, images.labelIndices(), map);
        return Evaluation.of(Toys.model(), images, map, "toys", answers).page(List.of());
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
