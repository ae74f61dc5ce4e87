package dev.lookbook.bench.dl4j;

import dev.lookbook.bench.harness.Child;
import dev.lookbook.bench.harness.Entrant;
import dev.lookbook.bench.harness.Idx;
import dev.lookbook.bench.harness.Pace;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The textbook network with Deeplearning4j, as its examples write such a program. */
public final class Main implements Entrant {
    private static final String NAME = "classic";
    private static final int BATCH = 64;

    private Main() {}

    public static void main(String[] args) throws Exception {
        Child.run(new Main(), args);
    }

    private static MultiLayerConfiguration network(long seed) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(0.001))
                .weightInit(WeightInit.RELU)
                .list()
                .layer(convolution(32))
                .layer(pooling())
                .layer(convolution(64))
                .layer(pooling())
                .layer(new DenseLayer.Builder()
                        .nOut(128)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.NEGATIVELOGLIKELIHOOD)
                        .nOut(Idx.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .dropOut(0.75) // Deeplearning4j gives the share of this layer's inputs that is kept
                        .build())
                .setInputType(InputType.convolutional(Idx.SIDE, Idx.SIDE, 1))
                .build();
    }

    private static ConvolutionLayer convolution(int filters) {
        return new ConvolutionLayer.Builder(3, 3)
                .nOut(filters)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.RELU)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    @Override
    public String train(Task task, Path data, Path model, Pace pace) throws IOException {
        if (!task.network().equals(NAME)) {
            throw new IllegalArgumentException(
                    "this is written for the network " + NAME + ", not for " + task.network());
        }
        Batches batches = new Batches(Idx.training(data), BATCH, task.seed(), task.steps(BATCH));
        MultiLayerNetwork network = new MultiLayerNetwork(network(task.seed()));
        network.init();
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model trained, int iteration, int epoch) {
                pace.stepDone(BATCH);
            }
        });
        while (batches.isStepLeft()) {
            network.fit(batches);
        }
        network.save(model.toFile());
        return "fp32";
    }

    @Override
    public TrainedModel open(Path model, int threads) throws IOException {
        MultiLayerNetwork network = MultiLayerNetwork.load(model.toFile(), false);
        return new TrainedModel() {
            @Override
            public int[] classify(byte[] pixels, int count) {
                INDArray images = Nd4j.create(Batches.scaled(pixels), new int[] {count, 1, Idx.SIDE, Idx.SIDE});
                return network.output(images).argMax(1).toIntVector();
            }

            @Override
            public long parameters() {
                return network.numParams();
            }

            @Override
            public void close() {
                network.close();
            }
        };
    }
}
