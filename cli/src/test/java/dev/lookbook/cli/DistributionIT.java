package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the zip that {@code mvn package} leaves and runs it, with the Java that runs this test. */
@DisabledOnOs(OS.WINDOWS)
class DistributionIT {

    @TempDir
    private static Path folder;

    private static Path unpacked;

    @BeforeAll
    static void unpack() throws IOException {
        Path zip = Path.of(System.getProperty("distribution.zip"));
        assumeTrue(Files.exists(zip), "there is no " + zip + ": a quick build (-Dquick) does not pack one");
        Path into = Files.createDirectories(folder.resolve("a folder"));
        try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", true));
                Stream<Path> entries = Files.walk(files.getPath("/"))) {
            for (Path entry : (Iterable<Path>) entries.skip(1)::iterator) {
                Path file = into.resolve(entry.toString().substring(1));
                Files.copy(entry, file);
                Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
            }
        }
        unpacked = into.resolve(zip.getFileName().toString().replaceFirst("\\.zip$", ""));
    }

    @Test
    void holdsWhatItShould() {
        assertThat(unpacked).isDirectoryContaining("glob:**/LICENSE");
        assertThat(unpacked.resolve("bin")).isDirectoryContaining("glob:**/lookbook.cmd");
        assertThat(unpacked.resolve("lib")).isDirectoryContaining("glob:**/lookbook-cli-*.jar");
    }

    @Test
    void linksOfItsReadmeLeadToWhatItHolds() throws IOException {
        String readme = Files.readString(unpacked.resolve("README.md"));

        assertThat(Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)").matcher(readme).results())
                .hasSizeGreaterThan(5)
                .allSatisfy(link -> assertThat(unpacked.resolve(link.group(1))).exists());
    }

    @Test
    void runsWithAClassArchiveOfItsOwnAndPassesTheExitCodeOn() throws Exception {
        Launched version = launch("--version");

        assertThat(version.err()).isEmpty();
        assertThat(version.out()).startsWith("lookbook ");
        assertThat(version.exitCode()).isZero();
        assertThat(launch("doctor", "--hurry").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        try (Stream<Path> files = Files.list(unpacked.resolve("lib"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsa")))
                    .singleElement()
                    .satisfies(archive -> assertThat(archive).isNotEmptyFile());
        }
    }

    @Test
    void classifiesAPicture() throws Exception {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5));
        Path coat = folder.resolve("my red coat.png");
        Png.writeGrey(coat, BandModel.SIDE, BandModel.SIDE, BandModel.image(4, 255));

        Launched answer = launch("classify", "--model", model.toString(), "--format", "csv", coat.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().lines())
                .containsExactly("input,label,confidence,decision,error,unfamiliarity", coat + ",Coat,1.0,sure,,");
        assertThat(answer.err()).isEmpty();
    }

    private static Launched launch(String... args) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(unpacked.resolve("bin/lookbook").toString()));
        command.addAll(List.of(args));
        return Launched.run(folder, Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }
}
