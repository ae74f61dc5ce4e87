package dev.lookbook.bench.djl;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import dev.lookbook.bench.harness.Entrant;
import dev.lookbook.bench.harness.Idx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The network answering on several threads, with a predictor for each, as the library's documentation recommends for
 * throughput; each takes as many images at a time as the processor's caches hold well.
 */
final class Answers implements Entrant.TrainedModel {
    private static final int CHUNK = 32;

    private final Model network;
    private final ExecutorService threads;
    private final ThreadLocal<Predictor<byte[], int[]>> predictor;

    Answers(Model network, int threads) {
        this.network = network;
        this.threads = Executors.newFixedThreadPool(threads);
        this.predictor = ThreadLocal.withInitial(() -> network.newPredictor(new Pixels()));
    }

    @Override
    public int[] classify(byte[] pixels, int count) throws InterruptedException, ExecutionException {
        List<Callable<int[]>> chunks = new ArrayList<>();
        for (int from = 0; from < count; from += CHUNK) {
            int to = Math.min(count, from + CHUNK);
            byte[] chunk = Arrays.copyOfRange(pixels, from * Idx.PIXELS, to * Idx.PIXELS);
            chunks.add(() -> predictor.get().predict(chunk));
        }
        int[] classes = new int[count];
        int next = 0;
        for (Future<int[]> answer : threads.invokeAll(chunks)) {
            int[] part = answer.get();
            System.arraycopy(part, 0, classes, next, part.length);
            next += part.length;
        }
        return classes;
    }

    @Override
    public long parameters() {
        return network.getBlock().getParameters().values().stream()
                .mapToLong(parameter -> parameter.getArray().size())
                .sum();
    }

    @Override
    public void close() {
        threads.shutdown();
        network.close();
    }

    /** Pixels of some images to their most likely classes. */
    private static final class Pixels implements NoBatchifyTranslator<byte[], int[]> {
        @Override
        public NDList processInput(TranslatorContext context, byte[] pixels) {
            return new NDList(Main.scaled(pixels, context.getNDManager()));
        }

        @Override
        public int[] processOutput(TranslatorContext context, NDList list) {
            NDArray best = list.singletonOrThrow().argMax(1);
            return Arrays.stream(best.toLongArray()).mapToInt(Math::toIntExact).toArray();
        }
    }
}
