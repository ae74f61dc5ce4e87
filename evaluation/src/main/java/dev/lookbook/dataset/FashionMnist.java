package dev.lookbook.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known about Fashion-MNIST: its labels, its four files, and where they may lie. */
public final class FashionMnist {
    /** What users write to get it. */
    public static final String NAME = "fashion-mnist";

    /** The ten classes, in label order. */
    public static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** SHA-256 of the unpacked content of each file. */
    static final Map<String, String> SHA256 = Map.of(
            "train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

    private FashionMnist() {}

    /**
     * The folder that holds the files.
     *
     * @param dataDir the folder that the user named, if any: then nowhere else is looked
     */
    static Path find(Optional<Path> dataDir) throws DatasetException {
        List<Path> places = dataDir.map(List::of).orElseGet(FashionMnist::places);
        for (Path place : places) {
            for (Path folder : List.of(place.resolve(NAME), place)) {
                if (IdxFolder.holdsTrainAndTest(folder)) {
                    return folder;
                }
            }
        }
        String advice = dataDir.isPresent() ? "Leave the data folder out to look elsewhere, or run" : "Run";
        throw new DatasetException("Fashion-MNIST is not there (looked in " + String.join(", ", texts(places)) + "). "
                + advice + ": lookbook data fetch " + NAME);
    }

    /**
     * The file with the 10,000 test images, whose rows are called {@code FILE#INDEX}.
     *
     * @param dataDir the folder that the user named, if any
     */
    public static Path testImages(Optional<Path> dataDir) throws DatasetException {
        Path folder = find(dataDir);
        return IdxFolder.images(folder, Source.TEST)
                .orElseThrow()
                .toAbsolutePath()
                .normalize();
    }

    /** Where data may lie, in the order of looking: {@code $LOOKBOOK_DATA}, the checkout, the user's cache. */
    static List<Path> places() {
        List<Path> places = new ArrayList<>();
        String fromEnvironment = System.getenv("LOOKBOOK_DATA");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            places.add(Path.of(fromEnvironment));
        }
        String home = System.getProperty("lookbook.home");
        if (home != null && Files.isDirectory(Path.of(home, "data"))) {
            places.add(Path.of(home, "data"));
        }
        places.add(cache());
        return places;
    }

    /** The user's cache, where {@code data fetch} puts what it downloads. */
    public static Path cache() {
        String home = System.getProperty("user.home");
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("win")) {
            String local = System.getenv("LOCALAPPDATA");
            return local == null ? Path.of(home, "AppData", "Local", "lookbook") : Path.of(local, "lookbook");
        }
        if (os.contains("mac")) {
            return Path.of(home, "Library", "Caches", "lookbook");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg == null || !Path.of(xdg).isAbsolute()
                ? Path.of(home, ".cache", "lookbook")
                : Path.of(xdg, "lookbook");
    }

    private static List<String> texts(List<Path> places) {
        return places.stream().map(Path::toString).toList();
    }
}
