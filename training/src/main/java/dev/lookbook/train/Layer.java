package dev.lookbook.train;

import dev.lookbook.model.Graph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One step of a network: how it is computed while training, and how it is written into the model file. */
sealed interface Layer
        permits BlockLayer,
                ConvolutionLayer,
                DenseLayer,
                Layer.Dropout,
                Layer.Flatten,
                Layer.GlobalMaxPool,
                Layer.MaxPool,
                StemLayer {

    /** Computes the layer for a batch; {@code training} switches dropout on and makes batch-norm use the batch. */
    Tensor forward(Tensor x, boolean training);

    /** Computes those gradients which the backward pass left out, if there are any. */
    default void completeGradients() {}

    /** Appends the layer as it is at inference to {@code graph} and returns the name of its value. */
    String export(Graph graph, String x);

    /** All tensors of the layer, in an order that never changes: the weights' hash depends on it. */
    default List<Variable> variables() {
        return List.of();
    }

    /** Max-pooling of 2x2 windows, stride 2: keeps the strongest response and forgives a shift by a pixel. */
    record MaxPool(String name) implements Layer {
        @Override
        public Tensor forward(Tensor x, boolean training) {
            return Operators.maxPool(x);
        }

        @Override
        public String export(Graph graph, String x) {
            return graph.maxPool(name, x, 2, 2);
        }
    }

    /** The strongest response of each channel anywhere in the picture: [N,C,H,W] to [N,C]. */
    record GlobalMaxPool(String name) implements Layer {
        @Override
        public Tensor forward(Tensor x, boolean training) {
            return Operators.globalMaxPool(x);
        }

        @Override
        public String export(Graph graph, String x) {
            return graph.globalMaxPool(name, x);
        }
    }

    /** Lays the feature maps out as one row of numbers per picture: [N,C,H,W] to [N,C*H*W]. */
    record Flatten(String name) implements Layer {
        @Override
        public Tensor forward(Tensor x, boolean training) {
            return Operators.flatten(x);
        }

        @Override
        public String export(Graph graph, String x) {
            return graph.flatten(name, x);
        }
    }

    /** Switches a share of the neurons off while training, and does nothing afterwards. */
    record Dropout(double share) implements Layer {
        @Override
        public Tensor forward(Tensor x, boolean training) {
            return training ? Operators.dropout(x, share) : x;
        }

        @Override
        public String export(Graph graph, String x) {
            return x;
        }
    }
}
