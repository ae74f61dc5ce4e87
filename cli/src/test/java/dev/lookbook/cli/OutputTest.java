package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutputTest {

    /** A disk with room for ten bytes. */
    private static OutputStream fullSoon() {
        return new OutputStream() {
            private int room = 10;

            @Override
            public void write(int b) throws IOException {
                if (room-- == 0) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    @Test
    void saysWhyItCouldNotWrite() {
        Output output = new Output(fullSoon(), StandardCharsets.UTF_8, "answers.csv");

        output.print("Coat");
        assertThatCode(output::check).doesNotThrowAnyException();
        output.print("Ankle boot");

        assertThatThrownBy(output::check)
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("No space left on device")
                .cause()
                .hasMessage("cannot write to answers.csv: No space left on device");
    }

    @Test
    void aCommandWhoseAnswerCannotBeWrittenFails() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new Output(fullSoon(), StandardCharsets.UTF_8, "stdout"),
                new Output(err, StandardCharsets.UTF_8, "stderr"),
                new ByteArrayInputStream(new byte[0]),
                false,
                false);

        int exitCode = Lookbook.run(console, "--help");

        assertThat(exitCode).isEqualTo(Lookbook.FAILED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("lookbook: cannot write to stdout: No space left on device");
    }
}
