package dev.lookbook.train;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which pictures a run trains on, and in which order. The first pass takes them all; each later one takes those which
 * the network was least sure of when it last saw them, and a random few of the others: most pictures are learnt at first
 * sight and teach nothing more. (Selective backpropagation: Jiang et al., arXiv 1910.00762; here without a forward
 * pass of its own, from what the training steps compute anyway.)
 *
 * <p>The pictures of a pass are a function of the settings and of what was reported before its first step. One thread
 * asks for them, another reports.
 */
final class Selection {
    private static final long PART = 1 << 20;

    private final int count;
    private final int batch;
    private final long seed;
    private final double hardShare;
    private final double easyShare;

    /** The probability of the true class when the picture was last seen; 0 for one that never was. */
    private final float[] confidence;
    /** From the pass of the next unreported step to the newest. */
    private final Deque<Pass> passes = new ArrayDeque<>();

    private long reported;

    /** The pictures from position {@code start} of the run on. */
    private record Pass(long number, long start, int[] pictures) {
        long end() {
            return start + pictures.length;
        }
    }

    Selection(int count, TrainSettings settings) {
        this.count = count;
        this.batch = settings.batch();
        this.seed = settings.seed();
        this.hardShare = settings.hardShare();
        this.easyShare = settings.easyShare();
        this.confidence = new float[count];
        passes.add(new Pass(-1, 0, new int[0]));
    }

    /** A picture of the training set, and how many passes began before the one that it comes in. */
    record Choice(int picture, long pass) {}

    /**
     * The picture at a position of the run, which counts pictures; not one of a step that was reported. Waits, where a
     * pass begins, for the reports of all steps before this one.
     */
    synchronized Choice at(long position) throws InterruptedException {
        while (position >= passes.getLast().end()) {
            while (isSelective() && reported < position / batch) {
                wait();
            }
            passes.add(after(passes.getLast()));
        }
        Iterator<Pass> newestFirst = passes.descendingIterator();
        Pass pass = newestFirst.next();
        while (position < pass.start) {
            pass = newestFirst.next();
        }
        return new Choice(pass.pictures[(int) (position - pass.start)], pass.number);
    }

    /** Says how sure the network was of the true classes of a step's pictures. */
    synchronized void report(int[] pictures, float[] confidences) {
        for (int i = 0; i < pictures.length; i++) {
            confidence[pictures[i]] = confidences[i];
        }
        reported++;
        while (passes.size() > 1 && passes.getFirst().end() <= reported * batch) {
            passes.removeFirst();
        }
        notifyAll();
    }

    private boolean isSelective() {
        return hardShare < 1;
    }

    private Pass after(Pass last) {
        long number = last.number + 1;
        SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + number);
        int[] chosen = isSelective() && number > 0 ? chosen(random) : ascending(count);
        int[] shuffled = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = chosen[i];
        }
        return new Pass(number, last.end(), shuffled);
    }

    private int[] chosen(SplittableRandom random) {
        long[] byConfidence = new long[count];
        for (int i = 0; i < count; i++) {
            // The bits of floats that are not negative sort as the floats do.
            byConfidence[i] = (long) Float.floatToIntBits(confidence[i]) << 32 | i;
        }
        Arrays.sort(byConfidence);
        int hard = Math.max(1, (int) Math.round(hardShare * count));
        int[] chosen = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (i < hard || random.nextDouble() < easyShare) {
                chosen[size++] = (int) byConfidence[i];
            }
        }
        return Arrays.copyOf(chosen, size);
    }

    private static int[] ascending(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }

    /** What a resumed run needs to know, as tensors. */
    synchronized Map<String, Checkpoint.Values> state() {
        Pass pass = passes.getFirst();
        float[] pictures = new float[pass.pictures.length];
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = pass.pictures[i]; // exact: there are far fewer than 2^24 pictures
        }
        Map<String, Checkpoint.Values> state = new LinkedHashMap<>();
        state.put("selection.confidence", values(confidence.clone()));
        state.put("selection.pictures", values(pictures));
        // A start may be beyond 2^24: in two parts that floats hold exactly.
        state.put("selection.pass", values(pass.number, pass.start / PART, pass.start % PART));
        return state;
    }

    private static Checkpoint.Values values(float... values) {
        return new Checkpoint.Values(new long[] {values.length}, values);
    }

    /**
     * Goes to where a state was taken, before step {@code step}.
     *
     * @throws IllegalArgumentException if there is no such state, or it is of another number of pictures
     */
    synchronized void restore(Map<String, Checkpoint.Values> state, long step) {
        float[] confidences = saved(state, "selection.confidence");
        float[] pictures = saved(state, "selection.pictures");
        float[] pass = saved(state, "selection.pass");
        if (confidences.length != count) {
            throw new IllegalArgumentException("the checkpoint is of a run on " + confidences.length
                    + " training pictures, and here are " + count);
        }
        System.arraycopy(confidences, 0, confidence, 0, count);
        int[] numbers = new int[pictures.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) pictures[i];
        }
        passes.clear();
        passes.add(new Pass((long) pass[0], (long) pass[1] * PART + (long) pass[2], numbers));
        reported = step;
    }

    private static float[] saved(Map<String, Checkpoint.Values> state, String key) {
        Checkpoint.Values values = state.get(key);
        if (values == null) {
            throw new IllegalArgumentException(
                    "the checkpoint is of another version of Lookbook: " + key + " is missing");
        }
        return values.values();
    }
}
