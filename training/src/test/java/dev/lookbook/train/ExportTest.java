package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported answers as what was trained: ONNX Runtime against libtorch. */
class ExportTest {
    private static final double TEMPERATURE = 1.7;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "small", "base"})
    void theModelFileGivesTheProbabilitiesOfTheTrainedNetwork(String model) throws Exception {
        Trainer.useThreads(1);
        LabelledImages images = Pictures.real(300);
        TrainSettings settings = Settings.of(model, 20, Map.of());
        Network network = Networks.create(settings, images);
        Trainer trainer = new Trainer(network, settings, images, images.subset(new int[0]));
        trainer.run(20, Trainer.Listener.NONE); // batch-norm statistics and biases have moved

        float[] trained = probabilities(trainer, images);
        ModelFile file = ModelFile.of(
                network.export(TEMPERATURE),
                new ModelInfo(model, "1", images.labels(), "fashion-mnist/1", true, OptionalDouble.empty(), "{}"));
        try (Classifier classifier = Classifier.open(file, 1)) {
            Scores exported = classifier.score(images.pixels(), images.count());

            for (int i = 0; i < trained.length; i++) {
                assertThat(exported.probabilities()[i]).as("probability " + i).isCloseTo(trained[i], within(1e-4f));
            }
        }
        assertThat(file.parameters()).isBetween(network.parameters(), network.parameters() + 1000);
    }

    private static float[] probabilities(Trainer trainer, LabelledImages images) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor logits = trainer.logits(images, 0, images.count());
            return Tensors.values(torch.softmax(logits.div(new Scalar(TEMPERATURE)), 1));
        }
    }
}
