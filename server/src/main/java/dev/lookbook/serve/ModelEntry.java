package dev.lookbook.serve;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the models' folder: what was last seen of it, and what was last made of it. For one thread at a time. */
final class ModelEntry {
    private static final Logger LOG = LoggerFactory.getLogger(ModelEntry.class);

    /** What became of a file between two looks. */
    enum Change {
        NONE,
        LOADED, // or refused
        GONE
    }

    private final Path file;
    private final int threads;
    private FileStamp tried;
    private FileStamp seen;
    private boolean isGone;
    private boolean unloaded;
    private ModelName name; // a file that was never read keeps its version to itself
    private ServedModel model; // null if there is none that could answer
    private String refused = ""; // what is wrong with the file
    private String conflict = ""; // what is wrong with its name

    /** @param threads that may use the model at the same time */
    ModelEntry(Path file, int threads) {
        this.file = file;
        this.threads = threads;
        this.name = ModelName.of(fileName(), "");
    }

    Path file() {
        return file;
    }

    String fileName() {
        return file.getFileName().toString();
    }

    ModelName name() {
        return name;
    }

    /** Null if there is none that could answer. */
    ServedModel model() {
        return model;
    }

    boolean wasTried() {
        return tried != null;
    }

    boolean isRefused() {
        return !refused.isEmpty();
    }

    /** Why the file's model does not answer, or is not what the file holds; empty if all is well. */
    String reason() {
        return unloaded ? "unloaded on request" : refused.isEmpty() ? conflict : refused;
    }

    ModelState state(boolean ready) {
        return new ModelState(name.name(), name.version(), ready, reason());
    }

    /** Reads the file again if it has changed. One that still changes from look to look is being copied: it is left alone. */
    Change look() {
        FileStamp now;
        try {
            now = FileStamp.of(file);
        } catch (NoSuchFileException e) {
            return goesAway();
        } catch (IOException e) {
            LOG.warn("{}: cannot be looked at: {}", file, e.toString());
            return Change.NONE;
        }
        isGone = false;
        boolean isStill = now.equals(seen);
        seen = now;
        if (!isStill || now.equals(tried)) {
            return Change.NONE;
        }
        load();
        return Change.LOADED;
    }

    /** Some programs replace a file by removing it first: a model goes only when its file is still gone at the next look. */
    private Change goesAway() {
        boolean wasGone = isGone;
        isGone = true;
        if (wasGone) {
            LOG.info("{}: gone, no longer served", fileName());
        }
        return wasGone ? Change.GONE : Change.NONE;
    }

    /** Makes the file the model of this if it is fit; else the model that is there goes on. */
    void load() {
        unloaded = false;
        long start = System.nanoTime();
        try {
            tried = FileStamp.of(file); // before it is read: what changes meanwhile is seen at the next look
            seen = tried;
            model = ServedModel.open(file, threads);
            name = model.name();
            refused = "";
            LOG.info("{}: {} opened and tried in {} ms", fileName(), name, (System.nanoTime() - start) / 1_000_000);
        } catch (NoSuchFileException e) {
            refuse("is gone. Copy it into the folder of the models again");
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            // Answers of the server show this: they need not know where the folder is.
            refuse(String.valueOf(e.getMessage()).replace(file.toString(), fileName()));
        }
    }

    private void refuse(String reason) {
        refused = reason.startsWith(fileName()) ? reason : fileName() + ": " + reason;
        LOG.warn("refused {}{}", refused, model == null ? "" : "; the model before it goes on");
    }

    /** Lets the model go until the file is loaded or changes. */
    void unload() {
        unloaded = true;
        model = null;
        if (tried == null) { // or the next look would take the file for one that has just come
            try {
                tried = FileStamp.of(file);
                seen = tried;
            } catch (IOException e) {
                LOG.warn("{}: cannot be looked at: {}", file, e.toString());
            }
        }
    }

    /** Takes its name among those of the models that answer, unless another file has it. */
    void takeName(Map<ModelName, ServedModel> taken) {
        String before = conflict;
        conflict = "";
        ServedModel other = model == null ? null : taken.putIfAbsent(name, model);
        if (other != null) {
            conflict = fileName() + ": is " + name + ", as " + other.file().getFileName() + " is. Call it "
                    + name.name() + "@VERSION.onnx";
            if (!conflict.equals(before)) {
                LOG.warn("not served: {}", conflict);
            }
        }
    }
}
