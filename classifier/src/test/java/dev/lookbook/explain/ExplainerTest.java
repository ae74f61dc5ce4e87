package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.LayerType;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Models;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
    private static Prepared boot;
    private static Prepared shirt;

    @BeforeAll
    static void readPictures() {
        byte[] pixels = TestImages.pixels("t10k", 8);
        boot = new Prepared(28, TestImages.image(pixels, 0), true);
        shirt = new Prepared(28, TestImages.image(pixels, 7), true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "small", "base"})
    void explainsWhatTheClassifierAnswersAndTheFeaturesAddUpToIt(String name) throws IOException {
        try (Classifier classifier = Classifier.open(TestImages.model(name));
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            Explanation explanation = explainer.explain(shirt);

            assertThat(explanation.prediction()).isEqualTo(classifier.classify(shirt));
            assertThat(explanation.runnerUp())
                    .isEqualTo(second(explanation.prediction().probabilities()));
            assertThat(explanation.members()).containsExactly("");
            assertThat(explanation.hasConvolutions()).isEqualTo(!name.equals("mlp"));
            assertThat(explanation.neighbours()).isEmpty();
            assertThat(explanation.evidence()).hasSize(1);
            Scores scores = classifier.score(shirt.pixels(), 1);
            List<String> labels = classifier.model().info().labels();
            requireSum(
                    explanation.evidence().get(0),
                    scores.logits()[labels.indexOf(explanation.prediction().label())],
                    scores.logits()[labels.indexOf(explanation.runnerUp())]);
        }
    }

    @Test
    void ofAModelOfSeveralNetworksEachIsExplained() throws IOException {
        try (Classifier classifier = Classifier.open(TestImages.model("ensemble"));
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            Explanation explanation = explainer.explain(shirt);

            assertThat(explanation.prediction()).isEqualTo(classifier.classify(shirt));
            assertThat(explanation.members()).containsExactly("", "member2", "member3");
            assertThat(explanation.evidence()).hasSize(3);
        }
    }

    private static void requireSum(Evidence evidence, float label, float runnerUp) {
        double forLabel = evidence.bias();
        double forRunnerUp = evidence.runnerUpBias();
        for (Evidence.Feature feature : evidence.features()) {
            forLabel += feature.label();
            forRunnerUp += feature.runnerUp();
        }
        assertThat(forLabel).isEqualTo(label, within(1e-4));
        assertThat(forRunnerUp).isEqualTo(runnerUp, within(1e-4));
    }

    @Test
    void statisticsAreThoseOfTheValues() throws IOException {
        Explanation explanation = explain("classic", boot);
        LayerView conv = view(explanation, "conv1");
        LayerView relu = view(explanation, "conv1.relu");
        LayerView pool = view(explanation, "pool1");

        int negative = 0;
        int zero = 0;
        for (int i = 0; i < conv.values().length; i++) {
            negative += conv.values()[i] < 0 ? 1 : 0;
            zero += conv.values()[i] == 0 ? 1 : 0;
            assertThat(relu.values()[i]).isEqualTo(Math.max(0, conv.values()[i]), within(1e-6f));
        }
        assertThat(conv.statistics().negatives()).isEqualTo(negative / 25088.0);
        assertThat(relu.statistics().negatives()).isZero();
        assertThat(relu.statistics().zeros()).isEqualTo((negative + zero) / 25088.0, within(1e-3));
        assertThat(pool.values()).hasSize(6272);
        assertThat(pool.statistics().largest()).isEqualTo(relu.statistics().largest());
        assertThat(pool.map(3).largest()).isEqualTo(relu.map(3).largest());
    }

    @Test
    void poolingForgivesAShiftByAPixel() throws IOException {
        Explanation explanation = explain("classic", boot);

        assertThat(view(explanation, "pool1").statistics().shiftSimilarity())
                .isGreaterThan(view(explanation, "conv1.relu").statistics().shiftSimilarity())
                .isLessThan(1);
        assertThat(view(explanation, "pool2").statistics().shiftSimilarity())
                .isGreaterThan(view(explanation, "conv2.relu").statistics().shiftSimilarity());
    }

    @Test
    void aShiftMovesThePictureByOnePixelInEachDirection() {
        byte[][] shifted = Shifts.byOnePixel(new byte[] {1, 2, 3, 4}, 2);

        assertThat(shifted).isDeepEqualTo(new byte[][] {{0, 1, 0, 3}, {2, 0, 4, 0}, {0, 0, 1, 2}, {3, 4, 0, 0}});
    }

    @Test
    void stagesGoFromOneConvolutionToTheNext() throws IOException {
        assertThat(explain("classic", boot).stages())
                .extracting(stage -> String.join(
                        " ", stage.layers().stream().map(v -> v.layer().name()).toList()))
                .containsExactly(
                        "pixels",
                        "conv1 conv1.relu pool1",
                        "conv2 conv2.relu pool2 flatten",
                        "dense1 dense1.relu",
                        "dense2");
        assertThat(explain("small", boot).stages())
                .filteredOn(stage -> stage.find(LayerType.GLOBAL_MAX_POOL).isPresent())
                .singleElement()
                .satisfies(stage -> assertThat(stage.active().layer().name()).isEqualTo("stage4.block1.sum"));
    }

    @Test
    void winningFeaturesLieWhereTheirMapsAreLargest() throws IOException {
        Explanation explanation = explain("small", shirt);
        Evidence evidence = explanation.evidence().get(0);
        LayerView last = view(explanation, "stage4.block1.sum");

        assertThat(evidence.grid()).contains(new Evidence.Grid(3, 3));
        double sum = 0;
        for (Evidence.Feature feature : evidence.features()) {
            assertThat(last.map(feature.index()).values()[feature.cell()]).isEqualTo(feature.activation());
            sum += feature.label();
        }
        double gathered = 0;
        for (float cell : evidence.labelMap().orElseThrow().values()) {
            gathered += cell;
        }
        assertThat(gathered).isEqualTo(sum, within(1e-4));
    }

    @Test
    void featuresAreSortedByWhatTheySpeakFor() throws IOException {
        Evidence evidence = explain("small", shirt).evidence().get(0);

        assertThat(evidence.mostActive(8))
                .extracting(Evidence.Feature::activation)
                .isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(evidence.forLabel(5))
                .hasSize(5)
                .extracting(Evidence.Feature::rather)
                .allMatch(rather -> rather > 0)
                .isSortedAccordingTo((a, b) -> Float.compare(b, a));
        assertThat(evidence.forRunnerUp(5))
                .hasSize(5)
                .extracting(Evidence.Feature::rather)
                .allMatch(rather -> rather < 0)
                .isSortedAccordingTo(Float::compare);
    }

    @Test
    void ofSeveralMembersEachIsShownAndTheirMirroredPlacesAreFound() throws IOException {
        ModelFile model = ModelFile.of(Models.twoMembers(3, new Random(5)), Models.info("a", "b", "c"));
        try (Classifier classifier = Classifier.open(model, 1);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            Explanation explanation = explainer.explain(shirt);

            assertThat(explanation.members()).containsExactly("", "mirrored");
            assertThat(explanation.evidence()).extracting(Evidence::member).containsExactly("", "mirrored");
            assertThat(explanation.evidence().get(0).field().orElseThrow().mirrored())
                    .isFalse();
            assertThat(explanation.evidence().get(1).field().orElseThrow().mirrored())
                    .isTrue();
            assertThat(explanation.stages())
                    .extracting(Stage::member)
                    .containsExactly("", "", "", "mirrored", "mirrored", "mirrored");
        }
    }

    /** The second member gets the mirrored picture mirrored, so it sees what the first one sees of the picture itself. */
    @Test
    void whereAMirroredMembersFeaturesLieIsToldAsThePictureLies() throws IOException {
        ModelFile model = ModelFile.of(Models.twoAlike(3, new Random(8)), Models.info("a", "b", "c"));
        byte[] turned = new byte[784];
        for (int i = 0; i < 784; i++) {
            turned[i] = boot.pixels()[i / 28 * 28 + 27 - i % 28];
        }
        try (Classifier classifier = Classifier.open(model, 1);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            PixelMap first =
                    explainer.explain(boot).evidence().get(0).labelMap().orElseThrow();
            Evidence mirrored =
                    explainer.explain(new Prepared(28, turned, true)).evidence().get(1);
            PixelMap second = mirrored.labelMap().orElseThrow();

            assertThat(mirrored.member()).isEqualTo("mirrored");
            assertThat(first.values()).isNotEqualTo(second.values());
            for (int row = 0; row < first.height(); row++) {
                for (int column = 0; column < first.width(); column++) {
                    assertThat(second.at(row, first.width() - 1 - column))
                            .isEqualTo(first.at(row, column), within(1e-4f));
                }
            }
        }
    }

    @Test
    void theSameExplanationComesFromOneThreadAndFromMany() throws IOException {
        Explanation first = explain("tiny", shirt);
        try (Classifier classifier = Classifier.open(TestImages.model("tiny"), 4);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            List<Explanation> many = IntStream.range(0, 8)
                    .parallel()
                    .mapToObj(i -> explainer.explain(shirt))
                    .toList();

            assertThat(many).allSatisfy(one -> {
                assertThat(one.maps().label().values())
                        .isEqualTo(first.maps().label().values());
                assertThat(view(one, "stem").values())
                        .isEqualTo(view(first, "stem").values());
            });
        }
    }

    @Test
    void aModelWithoutNamesIsRefusedAndTheMessageSaysWhatStillWorks() throws IOException {
        ModelFile named = ModelFile.of(Models.network(28, 2, new Random(1)), Models.info("a", "b"));
        ModelFile nameless = ModelFile.read(Models.withoutNames(named), "strange.onnx");
        try (Classifier classifier = Classifier.open(nameless, 1)) {
            assertThat(classifier.classify(boot).label()).isIn("a", "b");
            assertThatThrownBy(() -> Explainer.open(classifier, Optional.empty()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "model toy cannot be opened up: its layers have no names that Lookbook knows (there is no"
                                    + " layer pixels). It classifies all the same; to see inside, train or export it with"
                                    + " 'lookbook train'");
        }
    }

    private static Explanation explain(String model, Prepared picture) throws IOException {
        try (Classifier classifier = Classifier.open(TestImages.model(model), 1);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            return explainer.explain(picture);
        }
    }

    private static LayerView view(Explanation explanation, String layer) {
        return explanation.stages().stream()
                .flatMap(stage -> stage.layers().stream())
                .filter(view -> view.layer().name().equals(layer))
                .findFirst()
                .orElseThrow();
    }

    private static String second(Map<String, Float> probabilities) {
        return probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue().reversed())
                .skip(1)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
