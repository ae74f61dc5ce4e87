package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypoTest {
    private static final List<String> COMMANDS = List.of(
            "train", "evaluate", "compare", "export", "classify", "explain", "filter", "index", "data", "serve");

    @ParameterizedTest(name = "{0} was meant to be {1}")
    @CsvSource({
        "tarin, train",
        "clasify, classify",
        "explane, explain",
        "evalute, evaluate",
        "dta, data",
        "server, serve",
        "exprot, export"
    })
    void theNearestCommandIsSuggested(String written, String meant) {
        assertThat(Typo.alike(written, COMMANDS)).containsExactly(meant);
    }

    @Test
    void nothingIsSuggestedForAnotherWord() {
        assertThat(Typo.alike("photograph", COMMANDS)).isEmpty();
        assertThat(Typo.alike("train", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "abc, xabc, 1", "abc, xyz, 3", "'', abc, 3"})
    void distancesAreThoseOfTheLetters(String a, String b, int distance) {
        assertThat(Typo.distance(a, b)).isEqualTo(distance);
        assertThat(Typo.distance(b, a)).isEqualTo(distance);
    }
}
