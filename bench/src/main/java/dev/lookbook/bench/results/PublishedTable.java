package dev.lookbook.bench.results;

import java.util.List;

/** What others report. */
final class PublishedTable {
    private PublishedTable() {}

    static String of(List<Published> published) {
        Markdown table = new Markdown("test accuracy", "weights", "what", "source", "to know");
        for (Published figure : published) {
            table.row(
                    Markdown.percent(figure.accuracy()),
                    figure.parameters().isPresent()
                            ? Markdown.whole(figure.parameters().getAsDouble())
                            : "",
                    figure.what(),
                    "<" + figure.source() + ">",
                    figure.note());
        }
        return table.toString();
    }
}
