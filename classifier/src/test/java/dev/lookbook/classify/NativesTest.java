package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativesTest {
    @TempDir
    Path cache;

    @Test
    void librariesAreUnpackedOnceAndThenLeftAlone() throws Exception {
        Path folder = Natives.unpackOnce(cache.resolve("new/lookbook"));
        List<String> before = stamps(folder);

        assertThat(Natives.unpackOnce(cache.resolve("new/lookbook"))).isEqualTo(folder);

        assertThat(before).hasSize(2);
        assertThat(stamps(folder)).isEqualTo(before);
    }

    @Test
    void damagedLibraryIsUnpackedAgain() throws Exception {
        Path folder = Natives.unpackOnce(cache);
        Path library = folder.resolve(System.mapLibraryName("onnxruntime"));
        Path other = folder.resolve(System.mapLibraryName("onnxruntime4j_jni"));
        byte[] intact = Files.readAllBytes(library);
        try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(file.read() ^ 1);
        }
        Files.write(other, new byte[100]);

        Natives.unpackOnce(cache);

        assertThat(Files.readAllBytes(library)).isEqualTo(intact);
        assertThat(Files.size(other)).isGreaterThan(100);
        assertThat(stamps(folder)).hasSize(2); // and nothing temporary
    }

    @Test
    void leftoversOfKilledProcessesGoButThoseOfLivingOnesStay() throws Exception {
        Path folder = Natives.unpackOnce(cache);
        Path old = Files.createFile(folder.resolve(".old.tmp"));
        Path young = Files.createFile(folder.resolve(".young.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
        Files.delete(folder.resolve(System.mapLibraryName("onnxruntime4j_jni")));

        Natives.unpackOnce(cache);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() throws Exception {
        List<Path> folders = IntStream.range(0, 4)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return Natives.unpackOnce(cache);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();

        assertThat(folders).containsOnly(folders.get(0));
        assertThat(stamps(folders.get(0))).hasSize(2);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void folderThatOthersCanWriteToIsNotUsed() throws Exception {
        Path folder = Natives.unpackOnce(cache);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> Natives.unpackOnce(cache)).hasMessageContaining("can be written by others");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void linkToAFolderElsewhereIsNotUsed() throws Exception {
        Path folder = Natives.unpackOnce(cache.resolve("real"));
        Files.createDirectories(cache.resolve("linked"));
        Files.createSymbolicLink(cache.resolve("linked").resolve(folder.getFileName()), folder);

        assertThatThrownBy(() -> Natives.unpackOnce(cache.resolve("linked"))).isInstanceOf(IOException.class);
    }

    @Test
    void cacheThatIsAFileIsAnErrorThatTheCallerCanPassOver() throws Exception {
        Path file = Files.writeString(cache.resolve("lookbook"), "");

        assertThatThrownBy(() -> Natives.unpackOnce(file)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/x, /home/a, /x/lookbook",
                "-, /home/a, /home/a/.cache/lookbook",
                "relative, /home/a, /home/a/.cache/lookbook",
                "'', /home/a, /home/a/.cache/lookbook"
            })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void cacheFollowsTheXdgRules(String xdgCacheHome, String home, String expected) throws Exception {
        assertThat(Natives.cache(xdgCacheHome, home)).isEqualTo(Path.of(expected));
    }

    @Test
    void withoutAHomeThereIsNoCache() {
        assertThatThrownBy(() -> Natives.cache(null, "?")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Natives.cache(null, null)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Windows 11, amd64, win-x64"
    })
    void platformIsNamedAsInTheJar(String os, String arch, String expected) throws Exception {
        assertThat(Natives.platform(os, arch)).isEqualTo(expected);
    }

    @Test
    void platformWithoutLibrariesIsAnError() {
        assertThatThrownBy(() -> Natives.platform("AIX", "ppc64")).hasMessageContaining("AIX ppc64");
    }

    /** A process of its own: libraries are loaded once per process. */
    @Test
    void classifierWorksWithACacheAndWithoutOne() throws Exception {
        Path model = cache.resolve("toy.onnx");
        Toys.model().write(model);
        Path blocked = Files.writeString(cache.resolve("blocked"), "a file where the cache should be");

        String with = classifyInANewProcess(model, cache.resolve("good"));
        String without = classifyInANewProcess(model, blocked);

        assertThat(with).startsWith("garment ").isEqualTo(without);
        assertThat(cache.resolve("good/lookbook")).isNotEmptyDirectory();
        assertThat(blocked).isRegularFile();
    }

    private static String classifyInANewProcess(Path model, Path xdgCacheHome) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), Once.class.getName(), model.toString());
        builder.environment().put("XDG_CACHE_HOME", xdgCacheHome.toString());
        Process process = builder.redirectErrorStream(true).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        List<String> lines = new String(process.getInputStream().readAllBytes())
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("WARNING")) // newer JDKs, about native access
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    /** Classifies one picture and ends. */
    static final class Once {
        private Once() {}

        public static void main(String[] args) throws IOException {
            try (Classifier classifier = Classifier.open(Path.of(args[0]))) {
                Prediction prediction = classifier.classify(Toys.picture(1));
                System.out.println(prediction.label() + " " + prediction.confidence());
            }
        }
    }

    private static List<String> stamps(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toFile)
                    .map(file -> file.getName() + " " + file.lastModified() + " " + file.length())
                    .sorted()
                    .toList();
        }
    }
}
