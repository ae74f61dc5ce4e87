package dev.lookbook.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ARCHITECTURE.md's import rule: a package imports those before it, never those behind it. */
class PackageOrderTest {

    private static final List<String> BEFORE_THE_DOORS =
            List.of("image", "model", "classify", "explain", "dataset", "run", "evaluate");

    /** They do not import each other, nor the command line, which comes last. */
    private static final List<String> DOORS = List.of("train", "audience", "serve", "spark");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPaths(modules());

    static Stream<Arguments> forbidden() {
        Stream<Arguments> below = IntStream.range(0, BEFORE_THE_DOORS.size())
                .mapToObj(i -> Arguments.of(
                        BEFORE_THE_DOORS.get(i),
                        Stream.of(BEFORE_THE_DOORS.stream().skip(i + 1L), DOORS.stream(), Stream.of("cli"))
                                .flatMap(later -> later)
                                .toList()));
        Stream<Arguments> doors = DOORS.stream()
                .map(door -> Arguments.of(
                        door,
                        Stream.concat(DOORS.stream().filter(other -> !other.equals(door)), Stream.of("cli"))
                                .toList()));
        return Stream.of(below, doors, Stream.of(Arguments.of("cli", List.of("spark"))))
                .flatMap(rules -> rules);
    }

    @ParameterizedTest(name = "{0} does not import {1}")
    @MethodSource("forbidden")
    void aPackageImportsOnlyThoseBeforeIt(String from, List<String> to) {
        noClasses()
                .that()
                .resideInAPackage("dev.lookbook." + from + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        to.stream().map(name -> "dev.lookbook." + name + "..").toArray(String[]::new))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        List<String> known = Stream.of(BEFORE_THE_DOORS, DOORS, List.of("cli"))
                .flatMap(List::stream)
                .toList();

        assertThat(CLASSES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .isSubsetOf(known)
                .contains("image", "classify", "evaluate", "train", "audience", "serve", "cli");
    }

    private static List<Path> modules() {
        try (Stream<Path> modules = Files.list(Path.of(System.getProperty("lookbook.home")))) {
            return modules.map(module -> module.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .filter(classes -> !classes.getParent().getParent().endsWith("bench"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
