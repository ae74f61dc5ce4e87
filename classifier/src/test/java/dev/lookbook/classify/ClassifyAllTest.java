package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClassifyAllTest {
    private static Classifier classifier;

    @BeforeAll
    static void open() throws Exception {
        classifier = Classifier.open(Toys.model(), 3);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    private interface Body {
        Prepared prepare() throws IOException;
    }

    private static Input input(String name, Body body) {
        return new Input() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Prepared prepare(Preparation preparation) throws IOException {
                return body.prepare();
            }
        };
    }

    private static Input row(int number) {
        return input("row#" + number, () -> image(number));
    }

    private static Prepared image(int seed) {
        byte[] pixels = new byte[784];
        new Random(seed).nextBytes(pixels);
        return new Prepared(28, pixels, true);
    }

    private static List<Result> classify(Iterator<? extends Input> inputs) {
        List<Result> results = new ArrayList<>();
        classifier.classifyAll(inputs, results::add);
        return results;
    }

    @Test
    void resultsComeInTheOrderOfTheInputsAndAreThoseOfEachAlone() {
        Random random = new Random(1);
        int count = 2000;
        Iterator<Input> inputs = IntStream.range(0, count)
                .mapToObj(i -> input("row#" + i, () -> {
                    if (random.nextInt(50) == 0) {
                        pause(random.nextInt(20));
                    }
                    return image(i);
                }))
                .iterator();

        List<Result> results = classify(inputs);

        assertThat(results).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(results.get(i).name()).isEqualTo("row#" + i);
            assertThat(results.get(i).prediction()).contains(classifier.classify(image(i)));
            assertThat(results.get(i).prepared())
                    .get()
                    .extracting(Prepared::pixels)
                    .isEqualTo(image(i).pixels());
        }
    }

    @Test
    void badInputIsAResultWithAnErrorAndNotTheEnd() {
        List<Input> inputs = List.of(
                row(0),
                input("cut.png", () -> {
                    throw new IOException("cut.png: ends too early");
                }),
                input("odd.png", () -> {
                    throw new IllegalStateException("decoder\nlost");
                }),
                input("bomb.png", () -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                input("deep.png", () -> {
                    throw new StackOverflowError();
                }),
                input("null.png", () -> null),
                input("large.png", () -> new Prepared(32, new byte[1024], true)),
                row(1));

        List<Result> results = classify(inputs.iterator());

        assertThat(results)
                .extracting(Result::name)
                .containsExactly(
                        "row#0", "cut.png", "odd.png", "bomb.png", "deep.png", "null.png", "large.png", "row#1");
        assertThat(results.get(0).prediction()).isPresent();
        assertThat(results.get(7).prediction()).isPresent();
        assertThat(error(results, 1)).isEqualTo("cut.png: ends too early");
        assertThat(error(results, 2)).startsWith("odd.png: ").endsWith("decoder lost");
        assertThat(error(results, 3)).startsWith("bomb.png: needs more memory than there is");
        assertThat(error(results, 4)).startsWith("deep.png: ");
        assertThat(error(results, 5)).startsWith("null.png: ");
        assertThat(error(results, 6)).contains("32x32").contains("28x28");
    }

    private static String error(List<Result> results, int i) {
        return results.get(i).error().orElseThrow();
    }

    @Test
    void inputThatRanOutOfMemoryBecauseOfANeighbourIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();

        List<Result> results = classify(List.of(input("large.png", () -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new OutOfMemoryError();
                    }
                    return image(1);
                }))
                .iterator());

        assertThat(results.get(0).prediction()).isPresent();
    }

    @Test
    void noInputsAreNoResults() {
        assertThat(classify(List.<Input>of().iterator())).isEmpty();
    }

    @Test
    void resultComesBeforeTheNextInputDoes() {
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Iterator<Input> typing = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return asked.get() < 2;
            }

            @Override
            public Input next() {
                if (asked.getAndIncrement() == 1) {
                    await(answered);
                }
                return row(asked.get());
            }
        };
        List<Result> results = new ArrayList<>();

        classifier.classifyAll(typing, result -> {
            results.add(result);
            answered.countDown();
        });

        assertThat(results).hasSize(2);
    }

    @Test
    void onlyFewInputsAreTakenAheadOfTheirResults() {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Iterator<Input> inputs = IntStream.range(0, 20_000)
                .mapToObj(i -> {
                    most.accumulateAndGet(taken.incrementAndGet() - given.get(), Math::max);
                    return row(i);
                })
                .iterator();

        classifier.classifyAll(inputs, result -> given.incrementAndGet());

        assertThat(given.get()).isEqualTo(20_000);
        assertThat(most.get()).isLessThan(1000);
    }

    @Test
    void sourceThatBreaksIsThrownAfterTheResultsOfWhatCameBefore() {
        Iterator<Input> breaking = IntStream.range(0, 100)
                .mapToObj(i -> {
                    if (i == 50) {
                        throw new UncheckedIOException(new IOException("images.gz: cut off"));
                    }
                    return row(i);
                })
                .iterator();
        List<Result> results = new ArrayList<>();

        assertThatThrownBy(() -> classifier.classifyAll(breaking, results::add))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("images.gz: cut off");
        assertThat(results).hasSize(50);
    }

    @Test
    void whoeverStopsTakingResultsEndsTheRun() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        Iterator<Input> endless = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    taken.incrementAndGet();
                    return row(i);
                })
                .iterator();

        assertThatThrownBy(() -> classifier.classifyAll(endless, result -> {
                    throw new UncheckedIOException(new IOException("Broken pipe"));
                }))
                .isInstanceOf(UncheckedIOException.class);

        TimeUnit.MILLISECONDS.sleep(100);
        int soon = taken.get();
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(taken.get()).isEqualTo(soon).isLessThan(1000);
    }

    @Test
    void interruptedCallerGetsOut() throws Exception {
        LinkedBlockingQueue<Input> never = new LinkedBlockingQueue<>();
        Iterator<Input> waiting = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Input next() {
                try {
                    return never.take();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        FutureTask<Throwable> failure = new FutureTask<>(() -> catchThrowable(() -> classify(waiting)));
        Thread caller = new Thread(failure);

        caller.start();
        caller.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessage("interrupted while classifying");
    }

    private static void pause(int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
