package dev.lookbook.cli;

import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lookbook data info}: how many images of which class. */
@Command(name = "info", description = "Print how many images there are of each class, their size and brightness.")
final class DataInfoCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private SourceArgument argument;

    DataInfoCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws DatasetException {
        Source source = argument.source();
        List<String> splits = argument.splits(source);
        List<Statistics> statistics = new ArrayList<>();
        for (String split : splits) {
            statistics.add(Statistics.of(source.read(split)));
        }

        TextTable table = new TextTable(1);
        row(table, source.name(), splits, split -> split);
        for (String label : statistics.get(0).countOfEachLabel().keySet()) {
            row(table, label, statistics, split -> split.countOfEachLabel().getOrDefault(label, 0));
        }
        row(table, "images", statistics, Statistics::count);
        row(table, "size", statistics, split -> split.width() + "x" + split.height());
        row(table, "mean", statistics, split -> decimal(split.mean()));
        row(table, "deviation", statistics, split -> decimal(split.deviation()));
        lookbook.console().out().print(table);
        return Lookbook.DONE;
    }

    private static <T> void row(TextTable table, String name, List<T> columns, Function<T, Object> cell) {
        List<Object> cells = new ArrayList<>(List.of(name));
        columns.forEach(column -> cells.add(cell.apply(column)));
        table.row(cells.toArray());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
