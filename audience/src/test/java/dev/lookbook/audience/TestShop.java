package dev.lookbook.audience;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A made-up shop in a folder, its campaign as a test wants it, and its truth. */
record TestShop(Path folder) {
    static final Resources RESOURCES = new Resources(1, "1GB", TestShop::model);

    private static DemoCatalogue catalogue;

    /** The 10,000 test images as the shipped model {@code small} sees them; classified once. */
    static synchronized DemoCatalogue catalogue() {
        if (catalogue == null) {
            try (Classifier classifier = Classifier.open(model("small"))) {
                LabelledImages test =
                        Source.of(FashionMnist.NAME, Optional.empty()).read(Source.TEST);
                catalogue = DemoCatalogue.of(
                        classifier,
                        test,
                        FashionMnist.testImages(Optional.empty()).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return catalogue;
    }

    static Path model(String name) {
        return Path.of(System.getProperty("lookbook.home"), "models", name + ".onnx");
    }

    static TestShop make(Path folder, ShopKind kind, long seed, int customers) throws IOException {
        Files.createDirectories(folder);
        DemoShop.write(new DemoSettings(kind, seed, customers, 10_000), catalogue(), folder);
        return new TestShop(folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Replaces the campaign's lines with these keys, or adds them. */
    Path campaign(String... lines) throws IOException {
        String text = Files.readString(file(DemoShop.CAMPAIGN));
        for (String line : lines) {
            String key = line.substring(0, line.indexOf(':') + 1);
            text = text.lines().filter(old -> !old.startsWith(key)).reduce("", (a, b) -> a + b + "\n") + line + "\n";
        }
        return Files.writeString(file("campaign-of-test.yaml"), text);
    }

    /** Share of the customers of both lists who bought of the class in the weeks that no method has seen. */
    double truePrecision(Path audience, String label) throws IOException {
        Map<String, String> labels = new HashMap<>();
        try (Stream<String> lines = Files.lines(file(DemoShop.TRUE_ARTICLES))) {
            lines.skip(1).map(line -> line.split(",")).forEach(row -> labels.put(row[0], row[1]));
        }
        Set<String> buyers = new HashSet<>();
        try (Stream<String> lines = Files.lines(file(DemoShop.TRUE_PURCHASES))) {
            lines.skip(1)
                    .map(line -> line.split(","))
                    .filter(row -> label.equals(labels.get(row[2])))
                    .forEach(row -> buyers.add(row[1]));
        }
        List<String> chosen = Stream.of("audience.csv", "holdout.csv")
                .flatMap(file -> ids(audience.resolve(file)).stream())
                .toList();
        return chosen.stream().filter(buyers::contains).count() / (double) chosen.size();
    }

    /** The first column of a CSV file. */
    static List<String> ids(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1).map(line -> line.split(",")[0]).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
