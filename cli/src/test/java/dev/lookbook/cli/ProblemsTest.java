package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("coat.png"), "coat.png: no such file or folder"),
                Arguments.of(new FileNotFoundException("coat.png (Is a directory)"), "coat.png (Is a directory)"),
                Arguments.of(new AccessDeniedException("coat.png"), "coat.png: permission denied"),
                Arguments.of(
                        new FileAlreadyExistsException("runs/coat"),
                        "runs/coat: exists already; name another or remove it first"),
                Arguments.of(
                        new FileSystemException("out.csv", null, "No space left on device"),
                        "out.csv: No space left on device"),
                Arguments.of(new UncheckedIOException(new IOException("short file")), "short file"),
                Arguments.of(
                        new InvalidPathException("a\0b", "Nul character not allowed"),
                        "a\0b: not a file name on this system: Nul character not allowed"),
                Arguments.of(new IllegalArgumentException("one line\n  and another"), "one line; and another"),
                Arguments.of(
                        new IllegalArgumentException(),
                        "a mistake in lookbook itself, sorry: java.lang.IllegalArgumentException (--verbose shows where)"),
                Arguments.of(
                        new NullPointerException("label is null"),
                        "a mistake in lookbook itself, sorry: java.lang.NullPointerException: label is null"
                                + " (--verbose shows where)"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "out of memory (Java heap space); give it more: LOOKBOOK_JAVA_OPTS=-Xmx8g lookbook ..."),
                Arguments.of(
                        new UnsatisfiedLinkError("no jnitorch"),
                        "a native library does not load here: no jnitorch; see: lookbook doctor"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("problems")
    void everyProblemBecomesOneLine(Throwable problem, String line) {
        assertThat(Problems.message(problem)).isEqualTo(line);
    }
}
