package dev.lookbook.run;

import dev.lookbook.dataset.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The directory of one run. Each file in it is written whole or not at all, so that a run that is killed at any moment
 * leaves nothing half-written.
 */
public final class RunFolder {
    public static final String ARGS = "args.yaml";
    public static final String RESULTS = "results.csv";
    public static final String REPORT = "report.json";
    public static final String MODEL = "model.onnx";
    public static final String CHECKPOINT = "checkpoint/last.safetensors";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the next free directory of {@code parent}: {@code train}, {@code train2}, {@code train3}, ... Two processes
     * never get the same one, since only one of them can create it.
     */
    public static RunFolder next(Path parent, String name) throws RunException {
        for (int i = 1; ; i++) {
            Path path = parent.resolve(i == 1 ? name : name + i);
            try {
                return make(path);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(parent)) {
                    throw cannotMake(path, e);
                }
            } catch (IOException e) {
                throw cannotMake(path, e);
            }
        }
    }

    /** Makes the directory that the user named; it must not exist. */
    public static RunFolder create(Path path) throws RunException {
        try {
            return make(path);
        } catch (FileAlreadyExistsException e) {
            throw new RunException(
                    path + " exists already, and nothing is ever overwritten. Name another directory or remove it", e);
        } catch (IOException e) {
            throw cannotMake(path, e);
        }
    }

    private static RunFolder make(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(path); // fails if it exists: this is what decides between two processes
        return new RunFolder(path);
    }

    private static RunException cannotMake(Path path, IOException e) {
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : e instanceof FileAlreadyExistsException
                        ? "a file is in the way"
                        : e instanceof AccessDeniedException
                                ? "access denied"
                                : e.getClass().getSimpleName();
        return new RunException("cannot make " + path + ": " + reason + ". Name another directory", e);
    }

    /** Opens the directory of a run that was started before, finished or not. */
    public static RunFolder open(Path path) throws RunException {
        if (!Files.isDirectory(path)) {
            throw new RunException("there is no run directory " + path + ". Runs lie in " + Path.of("runs")
                    + " unless --out named another place");
        }
        if (!Files.exists(path.resolve(ARGS)) && !Files.exists(path.resolve(REPORT))) {
            throw new RunException(path + " is not a run directory: it has neither " + ARGS + " nor " + REPORT);
        }
        return new RunFolder(path);
    }

    public Path path() {
        return path;
    }

    /** A file of the run, which need not exist. */
    public Path file(String name) {
        return path.resolve(name);
    }

    public boolean has(String name) {
        return Files.exists(file(name));
    }

    /** Writes a file whole or not at all; {@code name} may have folders in it, as {@code checkpoint/last.safetensors} has. */
    public void write(String name, WholeFile.Content content) throws IOException {
        Path file = file(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw cannotMake(file.getParent(), e);
        }
        WholeFile.write(file, content);
    }

    public void write(String name, byte[] bytes) throws IOException {
        write(name, out -> out.write(bytes));
    }

    /** Writes {@code args.yaml}: everything that was decided before the first step. */
    public void writeArgs(Object settings) throws IOException {
        write(ARGS, Yaml.format(settings).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes {@code results.csv} anew: all epochs so far. */
    public void writeResults(List<EpochResult> results) throws IOException {
        write(RESULTS, ResultsFile.format(results).getBytes(StandardCharsets.UTF_8));
    }

    /** All epochs so far; empty if none was finished. */
    public List<EpochResult> readResults() throws IOException {
        return has(RESULTS) ? ResultsFile.read(file(RESULTS)) : List.of();
    }

    /** What is known of the run, for comparing it with others. */
    public RunSummary summary() throws IOException {
        return RunSummary.of(this);
    }

    /**
     * Keeps other processes from writing to this run until the returned handle is closed or this process ends, however
     * it ends.
     */
    public Closeable lock() throws IOException {
        FileChannel channel = FileChannel.open(file(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it: the same as another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new RunException(path + " is being written by another process. Wait for it or stop it");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
