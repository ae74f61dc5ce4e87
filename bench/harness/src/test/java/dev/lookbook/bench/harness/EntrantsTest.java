package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntrantsTest {
    private static final Path HOME = Path.of("/home");

    @Test
    void allTrainWithTheSameSettingsOfMemoryAndAnswerWithout() {
        for (String name : List.of("lookbook", "lookbook-fp32", "djl", "dl4j")) {
            assertThat(Entrants.named(name, HOME, 2, Child.TRAIN).environment())
                    .as(name)
                    .containsEntry("MALLOC_ARENA_MAX", "1")
                    .containsEntry("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
            assertThat(Entrants.named(name, HOME, 2, Child.CLASSIFY).environment())
                    .as(name)
                    .doesNotContainKey("MALLOC_ARENA_MAX");
        }
    }

    @Test
    void lookbookInFp32IsLookbookThatIsToldSo() {
        EntrantProcess plain = Entrants.named("lookbook", HOME, 2, Child.TRAIN);
        EntrantProcess fp32 = Entrants.named("lookbook-fp32", HOME, 2, Child.TRAIN);

        assertThat(fp32.classPath()).isEqualTo(plain.classPath());
        assertThat(fp32.mainClass()).isEqualTo(plain.mainClass());
        assertThat(fp32.flags()).contains("-D" + Entrant.PRECISION + "=fp32");
        assertThat(plain.flags()).noneMatch(flag -> flag.contains(Entrant.PRECISION));
    }

    @Test
    void aLibraryThatIsUnknownIsToldWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Entrants.named("tribuo", HOME, 2, Child.TRAIN))
                .hasMessage("unknown library \"tribuo\". Known: lookbook, lookbook-fp32, djl, dl4j");
    }
}
