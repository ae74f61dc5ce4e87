package dev.lookbook.bench.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import dev.lookbook.bench.harness.Child;
import dev.lookbook.bench.harness.Entrant;
import dev.lookbook.bench.harness.Idx;
import dev.lookbook.bench.harness.Pace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The textbook network with the Deep Java Library, as its book and examples write such a program. */
public final class Main implements Entrant {
    private static final String NAME = "classic";
    private static final int BATCH = 64;

    private Main() {}

    public static void main(String[] args) throws Exception {
        Child.run(new Main(), args);
    }

    private static Block network() {
        return new SequentialBlock()
                .add(convolution(32))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(convolution(64))
                .add(Activation::relu)
                .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation::relu)
                .add(Dropout.builder().optRate(0.25f).build())
                .add(Linear.builder().setUnits(Idx.CLASSES).build());
    }

    private static Block convolution(int filters) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .build();
    }

    @Override
    public String train(Task task, Path data, Path model, Pace pace) throws Exception {
        requireClassic(task.network());
        Engine.getInstance().setRandomSeed((int) task.seed());
        try (Model network = Model.newInstance(NAME);
                NDManager manager = NDManager.newBaseManager()) {
            network.setBlock(network());
            TrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(0.001f))
                            .build());
            try (Trainer trainer = network.newTrainer(config)) {
                trainer.initialize(new Shape(BATCH, 1, Idx.SIDE, Idx.SIDE));
                train(trainer, images(Idx.training(data), manager), task.steps(BATCH), pace);
            }
            Files.createDirectories(model);
            network.save(model, NAME);
        }
        return "fp32";
    }

    private static void train(Trainer trainer, ArrayDataset images, long steps, Pace pace)
            throws IOException, TranslateException {
        long done = 0;
        while (done < steps) {
            for (Batch batch : trainer.iterateDataset(images)) {
                if (done < steps) {
                    EasyTrain.trainBatch(trainer, batch);
                    trainer.step();
                    pace.stepDone(BATCH);
                    done++;
                }
                batch.close();
            }
        }
    }

    private static ArrayDataset images(Idx images, NDManager manager) {
        float[] labels = new float[images.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = images.labels()[i];
        }
        return new ArrayDataset.Builder()
                .setData(scaled(images.pixels(), manager))
                .optLabels(manager.create(labels))
                .setSampling(BATCH, true)
                .build();
    }

    /** Pixels from 0 to 1. */
    private static NDArray scaled(byte[] pixels, NDManager manager) {
        Shape shape = new Shape(pixels.length / Idx.PIXELS, 1, Idx.SIDE, Idx.SIDE);
        try (NDArray bytes = manager.create(ByteBuffer.wrap(pixels), shape, DataType.UINT8)) {
            return bytes.toType(DataType.FLOAT32, false).divi(255);
        }
    }

    @Override
    public TrainedModel open(Path model, int threads) throws Exception {
        Model network = Model.newInstance(NAME);
        network.setBlock(network());
        network.load(model, NAME);
        // One for each thread, with fewer images at a time, was tried and is slower.
        Predictor<byte[], int[]> predictor = network.newPredictor(new Pixels());
        return new TrainedModel() {
            @Override
            public int[] classify(byte[] pixels, int count) throws TranslateException {
                return predictor.predict(pixels);
            }

            @Override
            public long parameters() {
                return network.getBlock().getParameters().values().stream()
                        .mapToLong(parameter -> parameter.getArray().size())
                        .sum();
            }

            @Override
            public void close() {
                predictor.close();
                network.close();
            }
        };
    }

    /** Pixels of some images to their most likely classes. */
    private static final class Pixels implements NoBatchifyTranslator<byte[], int[]> {
        @Override
        public NDList processInput(TranslatorContext context, byte[] pixels) {
            return new NDList(scaled(pixels, context.getNDManager()));
        }

        @Override
        public int[] processOutput(TranslatorContext context, NDList list) {
            NDArray best = list.singletonOrThrow().argMax(1);
            return Arrays.stream(best.toLongArray()).mapToInt(Math::toIntExact).toArray();
        }
    }

    private static void requireClassic(String network) {
        if (!network.equals(NAME)) {
            throw new IllegalArgumentException("this is written for the network " + NAME + ", not for " + network);
        }
    }
}
