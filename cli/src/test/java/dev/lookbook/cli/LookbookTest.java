package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

class LookbookTest {

    @Test
    void tellsItsVersionAndCommit() {
        Answer answer = lookbook("--version");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).matches("lookbook \\d+\\.\\d+\\.\\d+( \\(commit \\w+(-dirty)?\\))?\\R");
        assertThat(answer.err()).isEmpty();
        assertThat(lookbook("data", "info", "--version").out()).isEqualTo(answer.out());
    }

    @TestFactory
    List<DynamicTest> everyCommandHasHelp() {
        return allCommands(Commands.commandLine(new Lookbook(Console.ofProcess()))).stream()
                .map(command -> DynamicTest.dynamicTest(("lookbook " + command).trim(), () -> {
                    Answer answer = lookbook((command + " --help").trim().split(" "));

                    assertThat(answer.exitCode()).isZero();
                    assertThat(answer.out()).contains("Usage: " + ("lookbook " + command).trim());
                    assertThat(answer.out()).contains("--help", "--version", "--quiet", "--verbose");
                    assertThat(answer.err()).isEmpty();
                }))
                .toList();
    }

    @Test
    void withoutACommandShowsTheCommandsAndCallsItWrongUsage() {
        Answer answer = lookbook();

        assertThat(answer.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("doctor");
    }

    @Test
    void namesTheCommandThatWasMeant() {
        Answer answer = lookbook("docto");

        assertThat(answer.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines(
                        "lookbook: unknown command docto; did you mean doctor? (see: lookbook --help)");
    }

    @Test
    void refusesAnUnknownOptionInOneLine() {
        Answer answer = lookbook("doctor", "--hurry");

        assertThat(answer.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualToIgnoringNewLines("lookbook: unknown argument --hurry (see: lookbook doctor --help)");
    }

    @Test
    void verboseShowsWhereAProblemCameFrom() {
        assertThat(lookbook("--verbose", "doctor", "--hurry").err()).contains("\tat ");
    }

    @Test
    void completionListsTheCommands() {
        Answer answer = lookbook("completion");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).startsWith("#!/usr/bin/env bash").contains("doctor");
    }

    @Test
    void doctorReportsEveryPart() {
        Answer answer = lookbook("doctor");

        for (Checkup checkup : Checkup.values()) {
            assertThat(answer.out()).contains(" " + checkup.title() + " ");
        }
        assertThat(answer.exitCode()).as(answer.out()).isEqualTo(answer.out().contains("BAD") ? 1 : 0);
    }

    private static List<String> allCommands(CommandLine command) {
        List<String> names = new ArrayList<>(List.of(""));
        command.getSubcommands().forEach((name, subcommand) -> {
            for (String below : allCommands(subcommand)) {
                names.add((name + " " + below).trim());
            }
        });
        return names;
    }
}
