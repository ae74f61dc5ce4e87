package dev.lookbook.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a folder. Who asks for one gets the newest that was checked; the folder is looked at again and again, and
 * a changed file takes the old model's place in one step, if it is whole and works.
 */
final class Models implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private final Path folder;
    private final int threads;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "lookbook-models");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, Entry> entries = new TreeMap<>(); // by file name; guarded by this
    private volatile NavigableMap<ModelName, ServedModel> served = new TreeMap<>(); // replaced, never changed
    private volatile List<ModelState> states = List.of(); // replaced, never changed
    private final Set<ServedModel> alive = ConcurrentHashMap.newKeySet(); // opened and not yet retired
    private volatile boolean opened;

    /** A file of the folder: what was last made of it, and what was last seen. Guarded by the outer instance. */
    private static final class Entry {
        private final Path file;
        private FileStamp tried;
        private FileStamp seen;
        private boolean isGone;
        private boolean unloaded;
        private ModelName name; // a file that was never read keeps its version to itself
        private ServedModel model; // null if there is none that could answer
        private String refused = ""; // what is wrong with the file
        private String conflict = ""; // what is wrong with its name

        Entry(Path file) {
            this.file = file;
            this.name = ModelName.of(file.getFileName().toString(), "");
        }

        String reason() {
            return unloaded ? "unloaded on request" : refused.isEmpty() ? conflict : refused;
        }
    }

    Models(Path folder, int threads) {
        this.folder = folder;
        this.threads = threads;
    }

    /** Opens the versions of one model: {@link #open} need not be waited for to answer with it. */
    synchronized void openFirst(String name) throws IOException {
        if (!watch.isShutdown()) { // or closed before it was opened
            for (Path file : files()) {
                entries.put(file.getFileName().toString(), new Entry(file));
            }
            loadAll(entries.values().stream()
                    .filter(entry -> entry.name.name().equals(name))
                    .toList());
        }
    }

    /** Opens all that is there and not yet open, and from then on what comes. */
    void open(Duration poll) {
        synchronized (this) {
            if (watch.isShutdown()) {
                return;
            }
            findNewFiles();
            loadAll(entries.values().stream()
                    .filter(entry -> entry.tried == null)
                    .toList());
        }
        opened = true;
        watch.scheduleWithFixedDelay(this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Reading and checking a model is mostly sums: as many at once as there are processors. */
    private void loadAll(List<Entry> some) {
        some.parallelStream().forEach(this::load);
        publish();
    }

    /** Whether at least one model answers. */
    boolean isReady() {
        return !served.isEmpty();
    }

    /** Whether the whole folder was gone through. */
    boolean isOpened() {
        return opened;
    }

    /** Models that hold memory outside the heap, but for those that only end what they have begun. */
    int alive() {
        return alive.size();
    }

    List<ServedModel> served() {
        return List.copyOf(served.values());
    }

    /** The versions of a model that answer, from the oldest to the newest; empty if there is none of that name. */
    List<String> versions(String name) {
        return served.keySet().stream()
                .filter(model -> model.name().equals(name))
                .map(ModelName::version)
                .toList();
    }

    /**
     * Does something with a model, which is not closed before it is done.
     *
     * @param version empty: the newest
     * @throws Problem 404 if there is no such model, 503 if there is one but it does not answer
     */
    <T> T use(String name, Optional<String> version, Function<ServedModel, T> work) {
        while (true) {
            ServedModel model = find(name, version);
            if (model.enter()) {
                try {
                    return work.apply(model);
                } finally {
                    model.leave();
                }
            }
        }
    }

    /** @throws Problem as {@link #use} */
    ServedModel find(String name, Optional<String> version) {
        NavigableMap<ModelName, ServedModel> all = served;
        ServedModel found = version.isPresent()
                ? all.get(new ModelName(name, version.get()))
                : all.values().stream()
                        .filter(model -> model.name().name().equals(name))
                        .reduce((older, newer) -> newer)
                        .orElse(null);
        if (found == null) {
            throw missing(name, version);
        }
        return found;
    }

    private Problem missing(String name, Optional<String> version) {
        if (!opened) {
            return Problem.busy("the models are being read. Try again in a second");
        }
        List<String> versions = versions(name);
        if (!versions.isEmpty()) {
            return Problem.notFound("model '" + shown(name) + "' has no version '" + shown(version.orElse(""))
                    + "'. There are: " + String.join(", ", versions));
        }
        for (ModelState state : index()) {
            if (state.name().equals(name) && !state.ready()) {
                return Problem.busy("model '" + name + "' does not answer: " + state.reason());
            }
        }
        Set<String> names =
                served.keySet().stream().map(ModelName::name).collect(Collectors.toCollection(TreeSet::new));
        return Problem.notFound("there is no model '" + shown(name) + "'. There are: "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
    }

    /** A name from a request, as long as makes sense in an answer. */
    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    /** As of the last change: nobody waits for a model that is being read. */
    List<ModelState> index() {
        return states;
    }

    /** By the file, for its model may just have been replaced. */
    private boolean isServed(Entry entry) {
        ServedModel now = entry.model == null ? null : served.get(entry.name);
        return now != null && now.file().equals(entry.file);
    }

    /** Reads the files of a model again, changed or not, and serves them. */
    synchronized void load(String name) {
        List<Entry> found = named(name);
        for (Entry entry : found) {
            entry.unloaded = false;
            load(entry);
        }
        publish();
        boolean answers = found.stream().anyMatch(this::isServed);
        for (Entry entry : found) {
            if (!entry.refused.isEmpty() || !answers && !entry.reason().isEmpty()) {
                throw Problem.badRequest("model '" + name + "' was not loaded: " + entry.reason());
            }
        }
    }

    /** Takes a model out of service, until it is loaded again or its file changes. */
    synchronized void unload(String name) {
        named(name).forEach(entry -> entry.unloaded = true);
        publish();
    }

    private List<Entry> named(String name) {
        findNewFiles();
        List<Entry> found = entries.values().stream()
                .filter(entry -> entry.name.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw Problem.notFound("there is no file of a model '" + shown(name) + "' in the folder of the models");
        }
        return found;
    }

    private void findNewFiles() {
        try {
            for (Path file : files()) {
                entries.computeIfAbsent(file.getFileName().toString(), name -> new Entry(file));
            }
        } catch (IOException e) {
            LOG.warn("{}: cannot be looked at: {}", folder, e.toString());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ModelName.ENDING)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private synchronized void look() {
        try {
            findNewFiles();
            boolean changed = false;
            for (Entry entry : List.copyOf(entries.values())) {
                changed |= look(entry);
            }
            if (changed) {
                publish();
            }
        } catch (RuntimeException | Error e) { // or nobody would ever look again
            LOG.error("looking for changed models failed", e);
        }
    }

    /** Whether something became of a file. One that still changes from look to look is being copied: it is left alone. */
    private boolean look(Entry entry) {
        FileStamp now;
        try {
            now = FileStamp.of(entry.file);
        } catch (NoSuchFileException e) {
            return goesAway(entry);
        } catch (IOException e) {
            LOG.warn("{}: cannot be looked at: {}", entry.file, e.toString());
            return false;
        }
        entry.isGone = false;
        boolean isStill = now.equals(entry.seen);
        entry.seen = now;
        if (!isStill || now.equals(entry.tried)) {
            return false;
        }
        entry.unloaded = false;
        load(entry);
        return true;
    }

    /** Some programs replace a file by removing it first: a model goes only when its file is still gone at the next look. */
    private boolean goesAway(Entry entry) {
        if (!entry.isGone) {
            entry.isGone = true;
            return false;
        }
        entries.remove(entry.file.getFileName().toString());
        LOG.info("{}: gone, no longer served", entry.file.getFileName());
        return true;
    }

    /** Makes a file the model of its entry if it is fit; else the model that is there goes on. */
    private void load(Entry entry) {
        String file = entry.file.getFileName().toString();
        long start = System.nanoTime();
        try {
            entry.tried =
                    FileStamp.of(entry.file); // before it is read: what changes meanwhile is seen at the next look
            entry.seen = entry.tried;
            entry.model = ServedModel.open(entry.file, threads);
            alive.add(entry.model);
            entry.name = entry.model.name();
            entry.refused = "";
            LOG.info("{}: {} opened and tried in {} ms", file, entry.name, (System.nanoTime() - start) / 1_000_000);
        } catch (NoSuchFileException e) {
            entry.refused = file + ": is gone. Copy it into the folder of the models again";
            LOG.warn("refused {}", entry.refused);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            // Answers of the server show this: they need not know where the folder is.
            entry.refused = String.valueOf(e.getMessage()).replace(entry.file.toString(), file);
            LOG.warn("refused {}{}", entry.refused, entry.model == null ? "" : "; the model before it goes on");
        }
    }

    /** Lets requests see what the entries hold now, in one step, and retires what they no longer hold. */
    private void publish() {
        NavigableMap<ModelName, ServedModel> next = new TreeMap<>();
        // Of two files with one name and version the one that is served already goes on.
        entries.values().stream().filter(this::isServed).forEach(entry -> add(entry, next));
        entries.values().stream().filter(entry -> !isServed(entry)).forEach(entry -> add(entry, next));
        served = next;
        states = entries.values().stream()
                .map(entry -> new ModelState(entry.name.name(), entry.name.version(), isServed(entry), entry.reason()))
                .toList();
        retireWhatNoEntryHolds();
    }

    /** Not only what was served: a model that lost its name to another file's was never. */
    private void retireWhatNoEntryHolds() {
        Set<ServedModel> held = entries.values().stream()
                .map(entry -> entry.model)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (ServedModel model : alive) {
            if (!held.contains(model)) {
                alive.remove(model);
                model.retire();
            }
        }
    }

    private static void add(Entry entry, NavigableMap<ModelName, ServedModel> to) {
        if (entry.unloaded) {
            entry.model = null;
        }
        String before = entry.conflict;
        entry.conflict = "";
        ServedModel other = entry.model == null ? null : to.putIfAbsent(entry.name, entry.model);
        if (other != null) {
            entry.conflict = entry.file.getFileName() + ": is " + entry.name + ", as "
                    + other.file().getFileName() + " is. Call it " + entry.name.name() + "@VERSION.onnx";
            if (!entry.conflict.equals(before)) {
                LOG.warn("not served: {}", entry.conflict);
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        synchronized (this) {
            entries.clear();
            publish();
        }
    }
}
