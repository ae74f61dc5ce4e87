package dev.lookbook.bench.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that the page is written from.
 *
 * @param cards of the shipped models, smallest first
 * @param runs kept runs, by budget
 */
record Evidence(
        List<Card> cards, List<RunGroup> runs, PeerFigures peers, List<Published> published, List<Figure> figures) {

    static Evidence read(Path home) throws IOException {
        Path folder = home.resolve("docs/results");
        return new Evidence(
                Card.readAll(home.resolve("models")),
                RunGroup.readAll(folder.resolve("runs")),
                PeerFigures.read(folder),
                Published.read(folder.resolve("published.csv")),
                Figure.read(folder.resolve("figures.csv")));
    }
}
