package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeTest {
    @TempDir
    private Path home;

    @Test
    void measurementsAndDocumentsLeaveTheCodeWhatItIs() throws Exception {
        write("Main.java", "class Main {}");
        write("docs/results/peers-speed.csv", "header");
        write("README.md", "# Title");
        git("init", "-q");
        commit();
        Code first = Code.of(home);

        write("docs/results/peers-speed.csv", "header and a row");
        Code afterAMeasurement = Code.of(home);
        write("README.md", "# Another title");
        commit();
        Code afterACommitOfDocuments = Code.of(home);
        write("Main.java", "class Main { int changed; }");
        Code changed = Code.of(home);
        write("Main.java", "class Main { long changed; }");
        Code changedOtherwise = Code.of(home);
        commit();
        Code committed = Code.of(home);

        assertThat(first.commit()).matches("[0-9a-f]{12}");
        assertThat(first.sha256()).matches("[0-9a-f]{12}");
        assertThat(afterAMeasurement).isEqualTo(first);
        assertThat(afterACommitOfDocuments.sha256()).isEqualTo(first.sha256());
        assertThat(afterACommitOfDocuments.commit()).isNotEqualTo(first.commit());
        assertThat(changed.sha256()).matches("[0-9a-f]{12}-dirty");
        assertThat(changedOtherwise.sha256()).matches("[0-9a-f]{12}-dirty").isNotEqualTo(changed.sha256());
        assertThat(committed.sha256()).matches("[0-9a-f]{12}").isNotEqualTo(first.sha256());
    }

    @Test
    void withoutGitNothingIsKnown() throws Exception {
        assertThat(Code.of(home)).isEqualTo(new Code("", ""));
    }

    private void write(String file, String text) throws Exception {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void commit() throws Exception {
        git("add", "-A");
        git("-c", "user.name=tester", "-c", "user.email=tester@localhost", "commit", "-q", "-m", "step");
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git =
                new ProcessBuilder(command).directory(home.toFile()).inheritIO().start();
        assertThat(git.waitFor()).as(String.join(" ", command)).isZero();
    }
}
