package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
    private final Workers workers = new Workers("test-worker", 1, 4, Duration.ofSeconds(20));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        workers.close();
    }

    @Test
    void aCallerThatIsInterruptedLeavesNoWorkBehind() throws Exception {
        CompletableFuture<Boolean> busy = occupied();
        AtomicBoolean isDone = new AtomicBoolean();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean staysInterrupted = new AtomicBoolean();
        Thread caller = new Thread(() -> {
            try {
                workers.run(() -> {
                    isDone.set(true);
                    return null;
                });
            } catch (Problem e) {
                thrown.set(e);
                staysInterrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        Running.await("it waits", () -> workers.pending() == 2);

        caller.interrupt();
        caller.join();

        assertThat(workers.pending()).isEqualTo(1);
        assertThat(thrown.get()).hasMessageContaining("the server is stopping");
        assertThat(staysInterrupted).isTrue();
        release.countDown();
        assertThat(busy.get()).isTrue();
        assertThat(workers.run(() -> 7)).isEqualTo(7); // after which the other would have been done
        assertThat(isDone).isFalse();
    }

    @Test
    void workThatWaitsTooLongIsGivenUpAndWorkThatHasBegunIsNot() throws Exception {
        CompletableFuture<Boolean> busy = occupied();

        assertThatThrownBy(() -> workers.run(() -> 7, Duration.ofMillis(20)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("waited 20 ms for a free thread");
        assertThat(workers.pending()).isEqualTo(1);
        release.countDown();
        assertThat(busy.get()).isTrue();
        assertThat(workers.run(
                        () -> {
                            Thread.sleep(100);
                            return 7;
                        },
                        Duration.ofMillis(20)))
                .isEqualTo(7);
    }

    @Test
    void workThatMemoryIsTooShortForMayBeTriedAgain() {
        assertThatThrownBy(() -> workers.run(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503))
                .hasMessageContaining("memory is short");
        assertThat(workers.run(() -> 7)).isEqualTo(7);
    }

    @Test
    void afterTheStopNothingIsBegun() {
        workers.close();

        assertThatThrownBy(() -> workers.run(() -> 7))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("the server is stopping");
    }

    /** The one thread is busy until released. */
    private CompletableFuture<Boolean> occupied() throws Exception {
        CompletableFuture<Boolean> busy = CompletableFuture.supplyAsync(() -> workers.run(() -> {
            release.await();
            return true;
        }));
        Running.await("the thread is busy", () -> workers.pending() == 1);
        return busy;
    }
}
