package dev.lookbook.example;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Prediction;
import java.io.IOException;
import java.nio.file.Path;

/** Says what a picture shows: {@code java ClassifyOnePicture models/small.onnx shirt.png}. */
public final class ClassifyOnePicture {
    private ClassifyOnePicture() {}

    public static void main(String[] args) throws IOException {
        try (Classifier classifier = Classifier.open(Path.of(args[0]))) {
            Prediction prediction = classifier.classify(Path.of(args[1]));
            System.out.printf("%s, %.0f%%%n", prediction.label(), 100 * prediction.confidence());
            if (prediction.decision().filter(Decision.SURE::equals).isEmpty()) {
                System.out.println("better have somebody look at it");
            }
        }
    }
}
