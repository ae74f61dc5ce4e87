package dev.lookbook.classify;

import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Some inputs that are classified together by one thread, while another waits for their results. */
final class Block {
    private static final Object ONE_AT_A_TIME = new Object();

    private final List<Input> inputs;
    private final CountDownLatch finished = new CountDownLatch(1);
    private List<Result> results = List.of();
    private Throwable failure;

    Block(List<Input> inputs) {
        this.inputs = inputs;
    }

    /** A block without inputs, after which no other comes. */
    static Block end(Throwable failureOrNull) {
        Block block = new Block(List.of());
        block.failure = failureOrNull;
        block.finished.countDown();
        return block;
    }

    boolean isEnd() {
        return inputs.isEmpty();
    }

    int size() {
        return inputs.size();
    }

    /** Works out the results. Never throws: what goes wrong beyond a single input is thrown by {@link #await}. */
    void work(Classifier classifier) {
        try {
            results = classify(classifier);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            finished.countDown();
        }
    }

    List<Result> await() throws InterruptedException {
        finished.await();
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        return results;
    }

    private List<Result> classify(Classifier classifier) {
        Attempt[] attempts = new Attempt[inputs.size()];
        int imageSize =
                classifier.preparation().side() * classifier.preparation().side();
        byte[] pixels = new byte[attempts.length * imageSize];
        int good = 0;
        for (int i = 0; i < attempts.length; i++) {
            attempts[i] = Attempt.at(inputs.get(i), classifier.preparation());
            if (attempts[i].prepared() != null) {
                System.arraycopy(attempts[i].prepared().pixels(), 0, pixels, good++ * imageSize, imageSize);
            }
        }
        Scores scores = classifier.score(Arrays.copyOf(pixels, good * imageSize), good);
        List<Result> classified = new ArrayList<>(attempts.length);
        int image = 0;
        for (Attempt attempt : attempts) {
            Prepared prepared = attempt.prepared();
            classified.add(
                    prepared == null
                            ? Result.failed(attempt.name(), attempt.error())
                            : Result.of(
                                    attempt.name(),
                                    classifier.prediction(scores, image++, prepared.garmentFound()),
                                    prepared));
        }
        return classified;
    }

    /** An input prepared, or the reason why not. */
    private record Attempt(String name, Prepared prepared, String error) {

        /** Inputs are decoders fed by strangers: whatever they throw is the end of this input and of nothing else. */
        static Attempt at(Input input, Preparation preparation) {
            String name = "?";
            try {
                name = input.name();
                Prepared prepared = prepare(input, preparation);
                if (prepared.side() != preparation.side()) {
                    throw new IOException(name + ": has " + prepared.side() + "x" + prepared.side()
                            + " pixels, but the model wants " + preparation.side() + "x" + preparation.side());
                }
                return new Attempt(name, prepared, null);
            } catch (OutOfMemoryError e) {
                return new Attempt(
                        name,
                        null,
                        name + ": needs more memory than there is ("
                                + (Runtime.getRuntime().maxMemory() >> 20)
                                + " MiB). Make it smaller, or start Java with -Xmx");
            } catch (IOException e) {
                return new Attempt(name, null, e.getMessage() == null ? name + ": " + e : e.getMessage());
            } catch (RuntimeException | Error e) {
                return new Attempt(name, null, name + ": cannot be read: " + e);
            }
        }

        /** Out of memory may be a neighbour's fault, so whoever meets it tries again when no neighbour does. */
        private static Prepared prepare(Input input, Preparation preparation) throws IOException {
            try {
                return input.prepare(preparation);
            } catch (OutOfMemoryError e) {
                synchronized (ONE_AT_A_TIME) {
                    return input.prepare(preparation);
                }
            }
        }
    }
}
