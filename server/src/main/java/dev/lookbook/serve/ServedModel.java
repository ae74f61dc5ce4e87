package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A model that answers requests, until another takes its place: then it finishes what it has begun, and is closed by
 * whoever leaves last.
 */
final class ServedModel {
    private static final float TOLERANCE = 1e-3f;

    private final ModelName name;
    private final Path file;
    private final String fileSha256; // the file may be another by the time that somebody asks
    private final Classifier classifier;
    private final Object opening = new Object(); // not this, or answers would wait until a model is opened up
    private OpenModel opened; // null until somebody wants to look inside; guarded by opening

    // Guarded by this:
    private int users;
    private boolean retired;

    private ServedModel(ModelName name, Path file, String fileSha256, Classifier classifier) {
        this.name = name;
        this.file = file;
        this.fileSha256 = fileSha256;
        this.classifier = classifier;
    }

    /**
     * Opens a model file and tries it out.
     *
     * @throws IOException if the file is no model, is damaged, does not run, or gives answers that are none
     */
    static ServedModel open(Path file, int threads) throws IOException {
        ModelFile model = ModelFile.read(file);
        Classifier classifier = Classifier.open(model, threads);
        try {
            tryOut(classifier, file);
        } catch (IOException | Error e) {
            classifier.close();
            throw e;
        } catch (RuntimeException e) {
            classifier.close();
            throw new IOException(file + ": a trial run failed: " + e.getMessage(), e);
        }
        String fileName = file.getFileName().toString();
        return new ServedModel(ModelName.of(fileName, model.info().version()), file, sha256(model.bytes()), classifier);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static void tryOut(Classifier classifier, Path file) throws IOException {
        ModelFile model = classifier.model();
        int count = 2;
        int size = model.height() * model.width() * model.channels();
        byte[] pixels = new byte[count * size];
        Arrays.fill(pixels, size, 2 * size, (byte) 255);
        Scores scores = classifier.score(pixels, count);
        for (int image = 0; image < count; image++) {
            float sum = 0;
            for (int k = 0; k < scores.classes(); k++) {
                sum += scores.probabilities()[image * scores.classes() + k];
            }
            if (!(Math.abs(sum - 1) < TOLERANCE)) {
                throw new IOException(file + ": in a trial run its probabilities added up to " + sum
                        + ", not 1. Train or copy it again");
            }
        }
    }

    ModelName name() {
        return name;
    }

    Path file() {
        return file;
    }

    /** Of the whole file that was read, as {@code sha256sum} prints it and cards name it. */
    String fileSha256() {
        return fileSha256;
    }

    ModelFile model() {
        return classifier.model();
    }

    Classifier classifier() {
        return classifier;
    }

    /**
     * The model opened up, between {@link #enter} and {@link #leave} only. The first call takes a moment.
     *
     * @param threads that work on explanations at most
     * @throws Problem 501 if it cannot be opened up
     */
    OpenModel opened(int threads) {
        synchronized (opening) {
            if (opened == null) {
                opened = OpenModel.open(model(), file, threads);
            }
            return opened;
        }
    }

    /** False if it is retired: then look for the model that took its place. Each true wants one {@link #leave}. */
    synchronized boolean enter() {
        if (!retired) {
            users++;
        }
        return !retired;
    }

    void leave() {
        boolean last;
        synchronized (this) {
            users--;
            last = retired && users == 0;
        }
        if (last) {
            close();
        }
    }

    /** Takes no more requests. */
    void retire() {
        boolean idle;
        synchronized (this) {
            idle = !retired && users == 0;
            retired = true;
        }
        if (idle) {
            close();
        }
    }

    private void close() {
        classifier.close();
        synchronized (opening) {
            if (opened != null) {
                opened.close();
            }
        }
    }
}
