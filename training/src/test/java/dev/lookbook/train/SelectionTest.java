package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final int COUNT = 100;
    private static final int BATCH = 20;

    @Test
    void theFirstPassTakesEveryPictureOnce() throws Exception {
        Selection selection = selection(0.25, 0, 1);

        List<Integer> first = steps(selection, 0, 5);

        assertThat(first).doesNotHaveDuplicates().hasSize(COUNT);
        assertThat(first).isNotEqualTo(first.stream().sorted().toList());
    }

    @Test
    void aLaterPassTakesThePicturesThatTheNetworkWasLeastSureOf() throws Exception {
        Selection selection = selection(0.25, 0, 1);

        List<Integer> second = steps(selection, 0, 9).subList(COUNT, COUNT + 25);

        // The network of this test is the surer, the higher a picture's number is.
        assertThat(second).containsExactlyInAnyOrderElementsOf(range(0, 25));
    }

    @Test
    void aLaterPassTakesSomeOfTheEasyPicturesToo() throws Exception {
        Selection selection = selection(0.25, 0.2, 1);

        List<Integer> second = steps(selection, 0, 9).subList(COUNT, COUNT + 30);
        long easy = second.stream().filter(picture -> picture >= 25).count();

        assertThat(easy).as("easy pictures among the first 30 of " + second).isBetween(1L, 20L);
    }

    @Test
    void whatAPassTakesIsAFunctionOfTheSeedAndTheReports() throws Exception {
        assertThat(steps(selection(0.3, 0.2, 5), 0, 20)).isEqualTo(steps(selection(0.3, 0.2, 5), 0, 20));
        assertThat(steps(selection(0.3, 0.2, 5), 0, 20)).isNotEqualTo(steps(selection(0.3, 0.2, 6), 0, 20));
    }

    @Test
    void aRunResumedAfterAnyStepSeesTheSamePictures() throws Exception {
        List<Integer> whole = steps(selection(0.3, 0.2, 5), 0, 25);
        for (int broken = 0; broken < 25; broken++) {
            Selection first = selection(0.3, 0.2, 5);
            List<Integer> seen = new ArrayList<>(steps(first, 0, broken));
            if (broken % 2 == 1) {
                first.at((long) broken * BATCH + BATCH - 1); // the next batch may already have been made
            }
            Selection second = selection(0.3, 0.2, 5);
            second.restore(first.state(), broken);
            seen.addAll(steps(second, broken, 25));

            assertThat(seen).as("resumed after step " + broken).isEqualTo(whole);
        }
    }

    @Test
    void aCheckpointWithoutASelectionOrOfOtherDataIsRefused() throws Exception {
        Map<String, Checkpoint.Values> ofOtherData =
                new HashMap<>(selection(0.3, 0.2, 5).state());
        ofOtherData.put("selection.confidence", new Checkpoint.Values(new long[] {7}, new float[7]));

        assertThatThrownBy(() -> selection(0.3, 0.2, 5).restore(Map.of(), 3))
                .hasMessageContaining("selection.confidence is missing");
        assertThatThrownBy(() -> selection(0.3, 0.2, 5).restore(ofOtherData, 3))
                .hasMessageContaining("a run on 7 training pictures, and here are 100");
    }

    @Test
    void aSelectivePassWaitsForTheReportsBeforeItButAFullOneDoesNot() throws Exception {
        Selection all = selection(1, 0, 1);
        assertThat(all.at(10 * COUNT).pass()).isEqualTo(10);

        Selection hard = selection(0.25, 0, 1);
        CompletableFuture<Selection.Choice> next = CompletableFuture.supplyAsync(() -> {
            try {
                return hard.at(COUNT);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(next).as("no step was reported yet").isNotCompleted();
        assertThat(waits(next, Duration.ofMillis(50))).isTrue();
        steps(hard, 0, 5);
        assertThat(next.get(10, TimeUnit.SECONDS).pass()).isEqualTo(1);
    }

    private static boolean waits(CompletableFuture<?> future, Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
        return !future.isDone();
    }

    /** The pictures of some steps; each is reported with a confidence that rises with its number. */
    private static List<Integer> steps(Selection selection, int from, int to) throws InterruptedException {
        List<Integer> pictures = new ArrayList<>();
        for (int step = from; step < to; step++) {
            int[] batch = new int[BATCH];
            float[] confidences = new float[BATCH];
            for (int slot = 0; slot < BATCH; slot++) {
                batch[slot] = selection.at((long) step * BATCH + slot).picture();
                confidences[slot] = (batch[slot] + 1f) / (COUNT + 1);
                pictures.add(batch[slot]);
            }
            selection.report(batch, confidences);
        }
        return pictures;
    }

    private static Selection selection(double hardShare, double easyShare, long seed) throws Exception {
        return new Selection(
                COUNT,
                Settings.of(
                        "tiny",
                        10,
                        Map.of("batch", BATCH, "hard_share", hardShare, "easy_share", easyShare, "seed", seed)));
    }

    private static Set<Integer> range(int from, int to) {
        Set<Integer> numbers = new HashSet<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }
}
