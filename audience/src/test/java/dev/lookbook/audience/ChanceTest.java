package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each distribution has the mean and the variance that it should have. */
class ChanceTest {
    private static final int DRAWS = 200_000;
    private static final long SEED = 11;

    static Stream<Arguments> distributions() {
        return Stream.of(
                row("uniform", Chance::uniform, 0.5, 1.0 / 12),
                row("exponential", chance -> chance.exponential(3), 3, 9),
                row("gaussian", Chance::gaussian, 0, 1),
                row("poisson", chance -> chance.poisson(0.6), 0.6, 0.6),
                row("gamma below 1", chance -> chance.gamma(0.3), 0.3, 0.3),
                row("gamma above 1", chance -> chance.gamma(2.5), 2.5, 2.5),
                row("dirichlet", chance -> chance.dirichlet(new double[] {1, 3})[0], 0.25, 0.25 * 0.75 / 5),
                row("index", chance -> chance.index(new double[] {1, 2, 1}), 1, 0.5),
                row("whole", chance -> chance.whole(5), 2, 2));
    }

    private static Arguments row(String name, ToDoubleFunction<Chance> draw, double mean, double variance) {
        return Arguments.of(name, draw, mean, variance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("distributions")
    void hasItsMeanAndVariance(String name, ToDoubleFunction<Chance> draw, double mean, double variance) {
        Chance chance = Chance.of(SEED, 0);
        double[] values = IntStream.range(0, DRAWS)
                .mapToDouble(i -> draw.applyAsDouble(chance))
                .toArray();

        double sum = IntStream.range(0, DRAWS).mapToDouble(i -> values[i]).sum();
        double squares = IntStream.range(0, DRAWS)
                .mapToDouble(i -> Math.pow(values[i] - mean, 2))
                .sum();

        assertThat(sum / DRAWS).as("mean, seed %d", SEED).isCloseTo(mean, within(5 * Math.sqrt(variance / DRAWS)));
        assertThat(squares / DRAWS).as("variance, seed %d", SEED).isCloseTo(variance, within(0.05 * variance));
    }
}
