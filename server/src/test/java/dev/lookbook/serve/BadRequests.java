package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with a request, the answer is a status from 400 to 499 (or 501) and a sentence that helps. What the
 * tests of that share: a server, and what is asked of it after each.
 */
@Timeout(60)
abstract class BadRequests {
    @TempDir
    static Path folder;

    static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** Nothing stays behind: no body in memory, no request pending, and the next one is answered. */
    @AfterEach
    void theServerIsAsBefore() throws Exception {
        for (String gauge :
                new String[] {"lookbook_body_bytes", "lookbook_pending_requests", "lookbook_pending_explanations"}) {
            // A thread that has given its answer still counts for a moment.
            Running.await(gauge + " is 0", () -> running.metric(gauge).equals(Optional.of("0.0")));
        }
        assertThat(running.post("/api/classify", TestImages.png(0)).status()).isEqualTo(200);
    }

    static void expect(Running.Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.error()).isNotBlank().contains(message).doesNotContain("\n");
        assertThat(answer.error()).doesNotContain(folder.toString()).doesNotContain("Exception");
    }
}
