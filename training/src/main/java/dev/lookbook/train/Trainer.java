package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The training loop: batch by batch forward, backward, update. */
final class Trainer {
    private static final int VALIDATION_BATCH = 500;
    /** The loss of guessing is ln(classes): a run this many times above it will not come back. */
    private static final double HOPELESS = 4;

    private final Network network;
    private final Optimizer optimizer;
    private final TrainSettings settings;
    private final LabelledImages training;
    private final LabelledImages heldOut;
    private final Schedule schedule;
    private final Selection selection;
    private final Optional<Teacher> teacher;
    private final Optional<SharpnessAware> sharpnessAware;

    private long step;
    private double lossSum;
    private long correct;
    private long seen;

    Trainer(
            Network network,
            TrainSettings settings,
            LabelledImages training,
            LabelledImages heldOut,
            Optional<Teacher> teacher) {
        this.network = network;
        this.settings = settings;
        this.training = training;
        this.heldOut = heldOut;
        this.optimizer = new Optimizer(network.variables(), settings);
        this.schedule = new Schedule(settings.steps(), settings.warmup(), settings.finalRate());
        this.selection = new Selection(training.count(), settings);
        this.teacher = teacher;
        this.sharpnessAware = SharpnessAware.of(network, settings);
    }

    /** Sets libtorch's threads for the whole process. */
    static void useThreads(int threads) {
        // Two thread pools on the same cores slow each other down twentyfold; libtorch's is the one that is needed.
        openblas_nolapack.blas_set_num_threads(1);
        torch.set_num_threads(threads);
    }

    /** What happens after each step and epoch. */
    interface Listener {
        Listener NONE = new Listener() {};

        default void step(TrainingProgress.Step done) throws IOException {}

        default void epoch(EpochDone done) throws IOException {}
    }

    /** What a line of the curves says, but the time. */
    record EpochDone(int epoch, double trainLoss, double trainAccuracy, Validation validation, double rate) {}

    /** Loss in nats and accuracy on the held-out pictures; NaN without any. */
    record Validation(double loss, double accuracy) {
        static final Validation NONE = new Validation(Double.NaN, Double.NaN);
    }

    /** Trains from the next step up to {@code until} (exclusive). */
    void run(long until, Listener listener) throws IOException, InterruptedException {
        Precision.of(settings.precision()).use();
        try (ShutdownGuard guard = new ShutdownGuard();
                Batches batches = new Batches(training, selection, settings, step)) {
            Speedometer speed = new Speedometer(settings.batch());
            while (step < until) {
                Batches.Batch batch = batches.next();
                guard.enter(); // for the listener as well, who takes checkpoints
                try {
                    double loss = step(batch);
                    checkConverges(loss);
                    listener.step(new TrainingProgress.Step(
                            step, settings.steps(), loss, (double) correct / seen, speed.afterStep()));
                    if (epochOf(step) > epochOf(step - 1) || step == settings.steps()) {
                        listener.epoch(endEpoch());
                    }
                } finally {
                    guard.leave();
                }
            }
        } finally {
            Precision.FP32.use();
        }
    }

    private EpochDone endEpoch() {
        EpochDone result = new EpochDone(
                epochOf(step - 1) + 1,
                lossSum / seen,
                (double) correct / seen,
                validate(),
                settings.learningRate() * schedule.at(step - 1));
        lossSum = 0;
        correct = 0;
        seen = 0;
        return result;
    }

    long stepsDone() {
        return step;
    }

    double stepsPerEpoch() {
        return (double) training.count() / settings.batch();
    }

    /** How many epochs have ended, the last and shorter one included. */
    int finishedEpochs() {
        return step == settings.steps() ? epochOf(step - 1) + 1 : epochOf(step);
    }

    private int epochOf(long atStep) {
        return (int) (atStep * settings.batch() / training.count());
    }

    private double step(Batches.Batch batch) {
        try (PointerScope scope = new PointerScope()) {
            // Dropout draws from libtorch's generator: seeded per step, so that a resumed run draws the same.
            torch.manual_seed(settings.seed() * 1_000_003 + batch.step());
            int count = batch.labels().length;
            Tensor pixels = Tensor.create(batch.pixels(), false, count, training.height(), training.width());
            Tensor labels = Tensor.create(batch.labels());
            Tensor targets = targets(pixels, labels);
            List<Tensor> before =
                    sharpnessAware.map(sam -> climb(sam, pixels, targets)).orElse(List.of());
            Tensor logits = logits(pixels);
            Tensor loss = Operators.crossEntropy(logits, targets);
            network.backward(loss);
            sharpnessAware.ifPresent(sam -> sam.returnTo(before));
            optimizer.step(step, schedule.at(step));
            step++;
            double value = loss.item_float();
            lossSum += value * count;
            correct += correct(logits, labels);
            seen += count;
            selection.report(batch.pictures(), confidences(logits, labels));
            return value;
        }
    }

    private Tensor logits(Tensor pixels) {
        return network.forward(pixels, true).to(torch.ScalarType.Float);
    }

    private List<Tensor> climb(SharpnessAware sam, Tensor pixels, Tensor targets) {
        int count = sam.pictures((int) pixels.size(0));
        try (PointerScope scope = new PointerScope()) {
            Tensor logits = logits(pixels.narrow(0, 0, count));
            network.backward(Operators.crossEntropy(logits, targets.narrow(0, 0, count)));
        }
        return sam.climb();
    }

    /** What the answers are compared with, [N,K]. */
    private Tensor targets(Tensor pixels, Tensor labels) {
        Tensor smoothed = Operators.oneHot(labels, training.labels().size(), settings.labelSmoothing());
        return teacher.map(known -> known.targets(pixels, smoothed)).orElse(smoothed);
    }

    /** The probabilities of the true classes, [N]. */
    private static float[] confidences(Tensor logits, Tensor labels) {
        Tensor probabilities = torch.softmax(logits.detach(), 1);
        return Tensors.values(probabilities.gather(1, labels.unsqueeze(1)));
    }

    private static long correct(Tensor logits, Tensor labels) {
        return logits.detach()
                .argmax(new org.bytedeco.pytorch.LongOptional(1), false)
                .eq(labels)
                .sum()
                .item_long();
    }

    private void checkConverges(double loss) throws DivergedException {
        double guessing = Math.log(training.labels().size());
        if (!Double.isFinite(loss) || (step > 20 && lossSum / seen > HOPELESS * guessing)) {
            throw new DivergedException("training diverged at step " + step + ": the loss is " + loss
                    + ", guessing would give " + String.format(java.util.Locale.ROOT, "%.2f", guessing)
                    + "; lower learning_rate (now " + settings.learningRate() + ")");
        }
    }

    /** Scores the held-out pictures in evaluation mode. */
    Validation validate() {
        if (heldOut.count() == 0) {
            return Validation.NONE;
        }
        double loss = 0;
        long right = 0;
        try (NoGradGuard noGrad = new NoGradGuard()) {
            for (int from = 0; from < heldOut.count(); from += VALIDATION_BATCH) {
                int count = Math.min(VALIDATION_BATCH, heldOut.count() - from);
                try (PointerScope scope = new PointerScope()) {
                    Tensor logits = logits(heldOut, from, count);
                    Tensor labels = labels(heldOut, from, count);
                    loss += Operators.crossEntropy(logits, labels, 0).item_float() * count;
                    right += correct(logits, labels);
                }
            }
        }
        return new Validation(loss / heldOut.count(), (double) right / heldOut.count());
    }

    /** Logits in evaluation mode of pictures {@code from} to {@code from + count}; call within a pointer scope. */
    Tensor logits(LabelledImages images, int from, int count) {
        int size = images.height() * images.width();
        byte[] pixels = java.util.Arrays.copyOfRange(images.pixels(), from * size, (from + count) * size);
        return network.forward(Tensor.create(pixels, false, count, images.height(), images.width()), false)
                .to(torch.ScalarType.Float);
    }

    private static Tensor labels(LabelledImages images, int from, int count) {
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = images.label(from + i);
        }
        return Tensor.create(labels);
    }

    /** Everything needed to go on from here. */
    Checkpoint checkpoint(double seconds) {
        Map<String, Checkpoint.Values> tensors = new LinkedHashMap<>();
        state().forEach((name, tensor) ->
                tensors.put(name, new Checkpoint.Values(tensor.shape(), Tensors.values(tensor))));
        tensors.putAll(selection.state());
        return new Checkpoint(
                new Checkpoint.Progress(step, seconds, lossSum, correct, seen), settings.byName(), tensors);
    }

    /** Goes back, or on, to where a checkpoint was taken. */
    void restore(Checkpoint checkpoint) {
        checkpoint.fill(state());
        selection.restore(checkpoint.tensors(), checkpoint.progress().step());
        step = checkpoint.progress().step();
        lossSum = checkpoint.progress().lossSum();
        correct = checkpoint.progress().correct();
        seen = checkpoint.progress().seen();
    }

    private Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        network.variables().forEach(variable -> state.put(variable.name(), variable.value()));
        state.putAll(optimizer.state());
        return state;
    }
}
