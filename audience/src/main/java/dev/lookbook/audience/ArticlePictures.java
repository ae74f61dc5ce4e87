package dev.lookbook.audience;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Input;
import dev.lookbook.classify.Result;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Classifies the pictures that a file of articles names, as {@code lookbook classify --probabilities} would. */
final class ArticlePictures {

    private record Article(String id, String picture) {}

    private ArticlePictures() {}

    /**
     * Writes {@code csv}, a row for each article in the same order. The articles are those of the table
     * {@code picture_rows}, none without an id.
     *
     * @param folder in which the campaign file lies: paths of pictures are relative to it
     * @param modelFile the model to ask
     */
    static void classify(Database database, Path folder, Path modelFile, Path csv) throws IOException {
        List<Article> articles = database.ask(
                "SELECT article_id, picture FROM picture_rows ORDER BY line",
                row -> new Article(row.getString(1), row.getString(2) == null ? "" : row.getString(2)));
        Iterator<Input> pictures = articles.stream()
                .map(article -> Input.file(folder.resolve(article.picture())))
                .iterator();
        try (Classifier classifier = Classifier.open(modelFile);
                CsvWriter out = CsvWriter.builder().build(Files.newBufferedWriter(csv))) {
            List<String> labels = classifier.model().info().labels();
            String model = nameAndVersion(classifier.model().info());
            out.writeRecord(Stream.concat(
                            Stream.of("article_id", "model", "input", "label", "confidence", "decision", "error"),
                            labels.stream())
                    .toList());
            Iterator<Article> next = articles.iterator();
            classifier.classifyAll(pictures, result -> out.writeRecord(row(next.next(), model, result, labels.size())));
        }
    }

    /** What the column {@code model} says of a model. */
    static String nameAndVersion(ModelInfo model) {
        return model.name() + " " + model.version();
    }

    private static List<String> row(Article article, String model, Result result, int labels) {
        List<String> row = new ArrayList<>(List.of(article.id(), model, article.picture()));
        result.prediction()
                .ifPresentOrElse(
                        prediction -> {
                            row.addAll(List.of(prediction.label(), Float.toString(prediction.confidence()), "", ""));
                            prediction.probabilities().values().forEach(share -> row.add(share.toString()));
                        },
                        () -> {
                            row.addAll(List.of("", "", "", result.error().orElseThrow()));
                            row.addAll(Collections.nCopies(labels, ""));
                        });
        return row;
    }
}
