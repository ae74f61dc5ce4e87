package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is exported answers as what was trained: ONNX Runtime against libtorch. */
class ExportTest {
    private static final double TEMPERATURE = 1.7;
    private static final int CHUNK = 500;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @ParameterizedTest
    @CsvSource({"mlp,2", "classic,2", "tiny,2", "tiny,1", "small,1", "base,1"})
    void theModelFileGivesTheTrainedNetworksProbabilitiesOnAllTestPictures(String model, int stemStride)
            throws Exception {
        Trainer.useThreads(PROCESSORS);
        LabelledImages training = Pictures.real(2_000);
        TrainSettings settings = Settings.of(model, 60, Map.of("stem_stride", stemStride));
        Network network = Networks.create(settings, training);
        Trainer trainer = new Trainer(network, settings, training, training.subset(new int[0]), Optional.empty());
        trainer.run(60, Trainer.Listener.NONE); // enough for sharp answers

        LabelledImages images = Pictures.test();
        float[] trained = probabilities(trainer, images);
        ModelFile file = ModelFile.of(
                Ensemble.of(settings, network, 0).export(TEMPERATURE, Optional.empty()),
                new ModelInfo(model, "1", training.labels(), "fashion-mnist/1", true, OptionalDouble.empty(), "{}"));
        try (Classifier classifier = Classifier.open(file, PROCESSORS)) {
            Scores exported = classifier.score(images.pixels(), images.count());

            assertThat(exported.probabilities()).hasSameSizeAs(trained);
            assertThat(largestDifference(exported.probabilities(), trained)).isLessThan(1e-4f);
        }
        assertThat(file.parameters()).isBetween(network.parameters(), network.parameters() + 1000);
    }

    private static float largestDifference(float[] a, float[] b) {
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static float[] probabilities(Trainer trainer, LabelledImages images) {
        int classes = images.labels().size();
        float[] all = new float[images.count() * classes];
        try (NoGradGuard noGrad = new NoGradGuard()) {
            for (int from = 0; from < images.count(); from += CHUNK) {
                try (PointerScope scope = new PointerScope()) {
                    Tensor logits = trainer.logits(images, from, CHUNK);
                    float[] chunk = Tensors.values(torch.softmax(logits.div(new Scalar(TEMPERATURE)), 1));
                    System.arraycopy(chunk, 0, all, from * classes, chunk.length);
                }
            }
        }
        return all;
    }
}
