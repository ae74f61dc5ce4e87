package dev.lookbook.cli;

import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder that Lookbook lies in, the checkout or the unpacked distribution, and the models shipped in it. */
final class Home {

    private static final String ONNX = ".onnx";

    private Home() {}

    /** The launcher tells where it is; without a launcher it is the current folder. */
    static Path folder() {
        return Path.of(System.getProperty("lookbook.home", "")).toAbsolutePath().normalize();
    }

    /** The names of the shipped models, in order. */
    static List<String> models() throws IOException {
        Path models = folder().resolve("models");
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(models)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ONNX))
                    .map(name -> name.substring(0, name.length() - ONNX.length()))
                    .sorted()
                    .toList();
        }
    }

    /** The file of a shipped model, whether it is there or not. */
    static Path model(String name) {
        return folder().resolve("models").resolve(name + ONNX);
    }

    /**
     * Finds a model by what a user wrote: the name of a shipped model, a file, or a run directory. A name comes first;
     * a file of the same name is meant by {@code ./name}.
     */
    static Path findModel(String text) throws IOException {
        if (models().contains(text)) {
            return model(text);
        }
        Path path = Path.of(text);
        if (Files.isDirectory(path)) {
            Path ofRun = path.resolve(RunFolder.MODEL);
            if (Files.exists(ofRun)) {
                return ofRun;
            }
            throw new IOException(
                    path + " holds no " + RunFolder.MODEL + ": it is not the directory of a finished run");
        }
        if (Files.exists(path)) {
            return path;
        }
        String shipped = models().isEmpty() ? "none" : String.join(", ", models());
        throw new IOException("there is no model " + text + ": neither shipped (there are: " + shipped
                + "), nor a file, nor a run directory");
    }
}
