package dev.lookbook.train;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookbook.dataset.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    private static final LabelledImages DRAWN = Pictures.drawn(300, 7);
    private static final LabelledImages NONE = DRAWN.subset(new int[0]);

    @BeforeAll
    static void useOneThread() {
        Trainer.useThreads(1); // two would wait for each other on a busy machine
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "small", "base"})
    void everyNetworkLearnsToTellDrawnShapesApart(String model) throws Exception {
        TrainSettings settings = Settings.of(model, 40, Map.of("seed", 3));
        Trainer trainer = trainer(settings, DRAWN, Pictures.drawn(90, 8));

        trainer.run(40, Trainer.Listener.NONE);

        assertThat(trainer.validate().accuracy()).isGreaterThan(0.9);
    }

    @ParameterizedTest
    @CsvSource({
        "small,sgd,fp32,0",
        "small,sgd,fp32,0.15",
        "small,muon,fp32,0",
        "small,sgd,bf16,0",
        "classic,adam,fp32,0",
        "classic,adam,fp32,0.15"
    })
    void aRunThatIsResumedEndsWithTheWeightsOfAnUnbrokenOne(
            String model, String optimizer, String precision, double samRadius) throws Exception {
        assumeTrue(
                precision.equals("fp32") || Precision.fastest() == Precision.BF16,
                "this processor has no bf16 instructions, and computing without them takes minutes");
        TrainSettings settings = Settings.of(
                model,
                14,
                Map.ofEntries(
                        entry("optimizer", optimizer),
                        entry("precision", precision),
                        entry("sam_radius", samRadius),
                        entry("sam_share", 0.25),
                        entry("shift", 2),
                        entry("erase", 0.5),
                        entry("hard_share", 0.3),
                        entry("easy_share", 0.2)));
        Network whole = Networks.create(settings, DRAWN);
        new Trainer(whole, settings, DRAWN, NONE, Optional.empty()).run(14, Trainer.Listener.NONE);

        Trainer first = trainer(settings, DRAWN, NONE);
        first.run(5, Trainer.Listener.NONE);
        Network resumed = Networks.create(settings, DRAWN);
        Trainer second = new Trainer(resumed, settings, DRAWN, NONE, Optional.empty());
        second.restore(first.checkpoint(1.5));
        second.run(14, Trainer.Listener.NONE);

        assertThat(resumed.weightsSha256()).isEqualTo(whole.weightsSha256());
    }

    @Test
    void anotherSeedGivesOtherWeights() throws Exception {
        assertThat(weightsAfterFiveSteps(1)).isEqualTo(weightsAfterFiveSteps(1)).isNotEqualTo(weightsAfterFiveSteps(2));
    }

    private static String weightsAfterFiveSteps(int seed) throws Exception {
        TrainSettings settings = Settings.of("tiny", 5, Map.of("seed", seed));
        Network network = Networks.create(settings, DRAWN);
        new Trainer(network, settings, DRAWN, NONE, Optional.empty()).run(5, Trainer.Listener.NONE);
        return network.weightsSha256();
    }

    @Test
    void theCurvesOfAResumedRunGoOnInTheMiddleOfAnEpoch() throws Exception {
        TrainSettings settings = Settings.of("tiny", 20, Map.of());
        List<Trainer.EpochDone> whole = new ArrayList<>();
        trainer(settings, DRAWN, NONE).run(20, collect(whole));

        Trainer first = trainer(settings, DRAWN, NONE);
        first.run(4, Trainer.Listener.NONE);
        Trainer second = trainer(settings, DRAWN, NONE);
        second.restore(first.checkpoint(0));
        List<Trainer.EpochDone> resumed = new ArrayList<>();
        second.run(20, collect(resumed));

        assertThat(resumed).isEqualTo(whole);
        assertThat(whole).extracting(Trainer.EpochDone::epoch).containsExactly(1, 2, 3);
    }

    @Test
    void theFirstTenLossesAreTheRecordedOnes() throws Exception {
        TrainSettings settings = Settings.of(
                "small", 10, Map.of("batch", 64, "seed", 5, "optimizer", "sgd", "momentum", 0.85, "final_rate", 0.01));
        List<Double> losses = new ArrayList<>();

        trainer(settings, Pictures.real(640), NONE).run(10, new Trainer.Listener() {
            @Override
            public void step(TrainingProgress.Step done) {
                losses.add(done.loss());
            }
        });

        // Other processors add up in another order: equal to the third digit is what can be held everywhere.
        double[] recorded = {2.3346, 2.1619, 1.7783, 2.0285, 1.6832, 1.7054, 1.5703, 1.3975, 1.3753, 1.4226};
        for (int i = 0; i < 10; i++) {
            assertThat(losses.get(i))
                    .as("loss of step " + (i + 1) + " of " + losses)
                    .isCloseTo(recorded[i], within(0.02));
        }
    }

    @Test
    void aRateThatIsFarTooHighIsStoppedWithAClearError() throws Exception {
        TrainSettings settings = Settings.of("mlp", 200, Map.of("learning_rate", 100.0));

        assertThatThrownBy(() -> trainer(settings, DRAWN, NONE).run(200, Trainer.Listener.NONE))
                .isInstanceOf(DivergedException.class)
                .hasMessageContaining("diverged at step")
                .hasMessageContaining("lower learning_rate (now 100.0)");
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefused() throws Exception {
        Checkpoint small =
                trainer(Settings.of("small", 5, Map.of()), DRAWN, NONE).checkpoint(0);
        Trainer tiny = trainer(Settings.of("tiny", 5, Map.of()), DRAWN, NONE);

        assertThatThrownBy(() -> tiny.restore(small)).hasMessageContaining("of another network");
    }

    private static Trainer trainer(TrainSettings settings, LabelledImages training, LabelledImages heldOut) {
        return new Trainer(Networks.create(settings, training), settings, training, heldOut, Optional.empty());
    }

    private static Trainer.Listener collect(List<Trainer.EpochDone> epochs) {
        return new Trainer.Listener() {
            @Override
            public void epoch(Trainer.EpochDone done) {
                epochs.add(done);
            }
        };
    }
}
