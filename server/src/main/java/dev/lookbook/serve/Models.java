package dev.lookbook.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    private final Map<String, ModelEntry> entries = new TreeMap<>(); // by file name; guarded by this
    private final Set<ServedModel> alive = ConcurrentHashMap.newKeySet(); // opened and not yet retired
    private volatile ServedModels served = ServedModels.NONE;
    private volatile boolean opened;

    Models(Path folder, int threads) {
        this.folder = folder;
        this.threads = threads;
    }

    /** Opens the versions of one model: {@link #open} need not be waited for to answer with it. */
    synchronized void openFirst(String name) throws IOException {
        if (!watch.isShutdown()) { // or closed before it was opened
            addEntries(files());
            loadAll(entries.values().stream()
                    .filter(entry -> entry.name().name().equals(name))
                    .toList());
        }
    }

    /** Opens all that is there and not yet open, and from then on what comes. */
    synchronized void open(Duration poll) {
        if (!watch.isShutdown()) {
            findNewFiles();
            loadAll(entries.values().stream().filter(entry -> !entry.wasTried()).toList());
            opened = true;
            watch.scheduleWithFixedDelay(this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether at least one model answers. */
    boolean isReady() {
        return !served.byName().isEmpty();
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
        return List.copyOf(served.byName().values());
    }

    /** The versions of a model that answer, from the oldest to the newest; empty if there is none of that name. */
    List<String> versions(String name) {
        return served.versions(name);
    }

    /** A line for each file, as of the last change: nobody waits for a model that is being read. */
    List<ModelState> index() {
        return served.index();
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
        boolean allWereRead = opened; // asked first, or what is opened meanwhile would be said not to be there
        ServedModels now = served;
        return now.find(name, version)
                .orElseThrow(() -> allWereRead
                        ? now.missing(name, version)
                        : Problem.busy("the models are being read. Try again in a second"));
    }

    /** Reads the files of a model again, changed or not, and serves them. */
    synchronized void load(String name) {
        List<ModelEntry> found = named(name);
        found.forEach(this::load);
        publish();
        boolean answers = found.stream().anyMatch(served::serves);
        for (ModelEntry entry : found) {
            if (entry.isRefused() || !answers && !entry.reason().isEmpty()) {
                throw Problem.badRequest("model '" + name + "' was not loaded: " + entry.reason());
            }
        }
    }

    /** Takes a model out of service, until it is loaded again or its file changes. */
    synchronized void unload(String name) {
        named(name).forEach(ModelEntry::unload);
        publish();
    }

    private List<ModelEntry> named(String name) {
        if (watch.isShutdown()) { // what would be opened now nobody would close
            throw Problem.stopping();
        }
        findNewFiles();
        List<ModelEntry> found = entries.values().stream()
                .filter(entry -> entry.name().name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw Problem.notFound(
                    "there is no file of a model '" + ServedModels.shown(name) + "' in the folder of the models");
        }
        return found;
    }

    private void findNewFiles() {
        try {
            addEntries(files());
        } catch (IOException e) {
            LOG.warn("{}: cannot be looked at: {}", folder, e.toString());
        }
    }

    private void addEntries(Collection<Path> files) {
        files.forEach(
                file -> entries.computeIfAbsent(file.getFileName().toString(), name -> new ModelEntry(file, threads)));
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
        if (watch.isShutdown()) {
            return;
        }
        try {
            findNewFiles();
            boolean changed = false;
            for (ModelEntry entry : List.copyOf(entries.values())) {
                changed |= look(entry);
            }
            if (changed) {
                publish();
            }
        } catch (RuntimeException | Error e) { // or nobody would ever look again
            LOG.error("looking for changed models failed", e);
        }
    }

    private boolean look(ModelEntry entry) {
        return switch (entry.look()) {
            case NONE -> false;
            case LOADED -> {
                noteModel(entry);
                yield true;
            }
            case GONE -> {
                entries.remove(entry.fileName());
                yield true;
            }
        };
    }

    /** Reading and checking a model is mostly sums: as many at once as there are processors. */
    private void loadAll(List<ModelEntry> some) {
        some.parallelStream().forEach(this::load);
        publish();
    }

    private void load(ModelEntry entry) {
        entry.load();
        noteModel(entry);
    }

    private void noteModel(ModelEntry entry) {
        if (entry.model() != null) {
            alive.add(entry.model());
        }
    }

    /** Lets requests see what the entries hold now, in one step, and retires what they no longer hold. */
    private void publish() {
        served = ServedModels.of(entries.values(), served);
        // Not only what was served: a model that lost its name to another file's was never.
        Set<ServedModel> held = entries.values().stream()
                .map(ModelEntry::model)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (ServedModel model : alive) {
            if (!held.contains(model)) {
                alive.remove(model);
                model.retire();
            }
        }
    }

    @Override
    public synchronized void close() {
        watch.shutdownNow();
        entries.clear();
        publish();
    }
}
