package dev.lookbook.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a program gets that embeds the classifier. The class path of the tests is that of the module at run time and the
 * tools of the tests, so whatever is on it and is none of these tools comes along.
 */
class RuntimeClassPathTest {
    private static final List<String> TEST_TOOLS = List.of(
            "junit-",
            "assertj-core-",
            "byte-buddy-",
            "opentest4j-",
            "apiguardian-api-",
            "jspecify-",
            "surefire-",
            "open-test-reporting-",
            "archunit");
    private static final List<String> OURS_TO_BRING =
            List.of("onnxruntime-", "imageio-", "common-lang-", "common-io-", "common-image-");
    private static final List<String> FORBIDDEN_CODE = List.of(
            "bytedeco",
            "pytorch",
            "djl",
            "protobuf",
            "jackson",
            "gson",
            "org/json",
            "javax/json",
            "jakarta/json",
            "snakeyaml",
            "xchart",
            "slf4j",
            "logback");
    private static final List<String> FORBIDDEN_LIBRARIES = List.of("torch", "openblas", "mkl");

    @Test
    void classifierBringsOnnxRuntimeAndTheImageCodecsAndNothingElse() {
        assertThat(jars())
                .isNotEmpty()
                .allSatisfy(jar -> assertThat(OURS_TO_BRING)
                        .as(jar.getFileName() + " would come along with the classifier")
                        .anyMatch(known -> jar.getFileName().toString().startsWith(known)));
    }

    @Test
    void noJarHidesLibtorchOrAJsonOrProtobufLibrary() throws IOException {
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                assertThat(file.stream().map(entry -> entry.getName().toLowerCase()))
                        .as(jar.toString())
                        .noneMatch(name -> FORBIDDEN_CODE.stream().anyMatch(name::contains))
                        .noneMatch(name -> FORBIDDEN_LIBRARIES.stream().anyMatch(name::contains));
            }
        }
    }

    private static List<Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .filter(jar -> TEST_TOOLS.stream().noneMatch(jar.getFileName().toString()::startsWith))
                .toList();
    }
}
