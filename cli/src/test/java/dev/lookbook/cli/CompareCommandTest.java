package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    @TempDir
    private Path folder;

    @Test
    void printsRunsSideBySide() throws IOException {
        Path one = run("one", "small", 0.9361);
        Path two = run("two", "base", 0.9403);

        Answer answer = lookbook("compare", one.toString(), two.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().lines()).hasSize(3);
        assertThat(answer.out()).containsPattern("one +small +0\\.9361").containsPattern("two +base +0\\.9403");
    }

    @Test
    void whatIsNoRunIsOneLine() {
        Answer answer = lookbook("compare", folder.toString());

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(lookbook("compare").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
    }

    private Path run(String name, String model, double accuracy) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve("args.yaml"), "model: " + model + "\n");
        Files.writeString(run.resolve("report.json"), "{\"accuracy\": " + accuracy + "}");
        return run;
    }
}
