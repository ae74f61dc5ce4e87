package dev.lookbook.bench.results;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** Some measurements of one thing, ascending. */
record Spread(double[] values) {
    Spread {
        if (values.length == 0) {
            throw new IllegalArgumentException("there must be a measurement");
        }
        values = values.clone();
        Arrays.sort(values);
    }

    static <T> Spread of(Collection<T> rows, ToDoubleFunction<T> figure) {
        return new Spread(rows.stream().mapToDouble(figure).toArray());
    }

    double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The middle one; of an even number the mean of the middle two. */
    double median() {
        int n = values.length;
        return (values[(n - 1) / 2] + values[n / 2]) / 2;
    }

    /** {@code 93.42% (93.10% to 93.61%)}; without the range where there is none to be seen. */
    String text(double middle, DoubleFunction<String> format) {
        return format.apply(middle)
                + range(format).map(range -> " (" + range + ")").orElse("");
    }

    /** {@code 93.10% to 93.61%}; empty where there is no range to be seen. */
    Optional<String> range(DoubleFunction<String> format) {
        String least = format.apply(values[0]);
        String most = format.apply(values[values.length - 1]);
        return least.equals(most) ? Optional.empty() : Optional.of(least + " to " + most);
    }
}
