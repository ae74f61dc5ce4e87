package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.explain.Stage;
import dev.lookbook.model.LayerType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The filters of a stage: kernel, map before and after the activation, map after pooling. */
final class PageFilters {
    private static final int MOST_OF_FIRST = 32;
    private static final int MOST_OF_LATER = 12;

    private PageFilters() {}

    static Html of(Stage stage, Explanation explanation) {
        return stage.isConvolution() ? filters(stage, explanation) : neurons(stage, explanation);
    }

    private static Html filters(Stage stage, Explanation explanation) {
        boolean isFirst = explanation.looksAtPixels(stage);
        int all = stage.first().channels();
        int most = isFirst ? MOST_OF_FIRST : MOST_OF_LATER;
        List<Integer> channels = IntStream.range(0, all).boxed().toList();
        if (all > most || !isFirst) {
            channels = channels.stream()
                    .sorted(Comparator.comparingDouble(
                            c -> -stage.active().map(c).largest()))
                    .limit(most)
                    .toList();
        }
        int inputs = stage.first().weights().orElseThrow().shape().get(1);
        boolean relu = stage.find(LayerType.RELU).isPresent();
        Map<Integer, Integer> slices = new HashMap<>();
        float kernelReach = 0;
        for (int channel : channels) {
            slices.put(channel, slice(stage.first(), channel, inputs));
            kernelReach = Math.max(
                    kernelReach,
                    stage.first().kernel(channel, slices.get(channel)).reach());
        }
        float reach = kernelReach;
        double before = stage.first().statistics().reach();
        double after = stage.active().statistics().reach();
        return Html.of(
                """
                <p class="note">{}{} From left to right: {}.</p>
                <div class="legends"><div>kernel{}</div><div>{}{}</div>{}</div>
                <div class="filters">
                {}
                </div>""",
                channels.size() < all
                        ? number("The %d of %,d filters that answer most strongly. ", channels.size(), all)
                        : number("All %d filters. ", all),
                inputs == 1
                        ? ""
                        : "Of each kernel, which has a layer for every map before it, the layer with the largest weights is shown.",
                String.join(", ", columns(stage)),
                PageMaps.signedLegend(reach),
                relu ? "before ReLU" : "its sums",
                PageMaps.signedLegend(before),
                stage.layers().size() > 1 ? Html.of("<div>after{}</div>", PageMaps.greyLegend(after)) : Html.NOTHING,
                Html.each(
                        channels, channel -> card(stage, channel, slices.get(channel), inputs, reach, before, after)));
    }

    private static List<String> columns(Stage stage) {
        List<String> columns = new ArrayList<>(
                List.of("the kernel", stage.find(LayerType.RELU).isPresent() ? "its map before ReLU" : "its map"));
        stage.find(LayerType.RELU).ifPresent(view -> columns.add("after ReLU"));
        stage.find(LayerType.ADD).ifPresent(view -> columns.add("with the shortcut added"));
        stage.pool().ifPresent(view -> columns.add("after pooling"));
        return columns;
    }

    private static Html card(
            Stage stage, int channel, int slice, int inputs, float kernelReach, double before, double after) {
        LayerView first = stage.first();
        String name = first.layer().name() + " " + channel;
        List<Html> images = new ArrayList<>();
        images.add(PageMaps.part(
                PageMaps.signed(first.kernel(channel, slice), kernelReach),
                "map",
                "kernel " + name + (inputs == 1 ? "" : ", for map " + slice)));
        images.add(PageMaps.part(PageMaps.signed(first.map(channel), before), "map", name + ", its sums"));
        for (LayerType type : List.of(LayerType.RELU, LayerType.ADD, LayerType.MAX_POOL, LayerType.AVERAGE_POOL)) {
            stage.find(type)
                    .ifPresent(view -> images.add(PageMaps.part(
                            PageMaps.grey(view.map(channel), after),
                            "map",
                            number(
                                    "%s %d, at most %.3g",
                                    view.layer().name(),
                                    channel,
                                    view.map(channel).largest()))));
        }
        return Html.of(
                "<div class=\"filter\" role=\"group\" aria-label=\"filter {} of {}\"><b>{}</b>{}<small>{}</small></div>",
                channel,
                first.layer().name(),
                channel,
                Html.each(images, image -> image),
                number("max %.2f", stage.active().map(channel).largest()));
    }

    /** The input channel that a kernel weighs most. */
    private static int slice(LayerView layer, int channel, int inputs) {
        int strongest = 0;
        double most = -1;
        for (int i = 0; i < inputs; i++) {
            double sum = 0;
            for (float weight : layer.kernel(channel, i).values()) {
                sum += weight * weight;
            }
            if (sum > most) {
                most = sum;
                strongest = i;
            }
        }
        return strongest;
    }

    /** The neurons of a dense layer that looks at the pixels: the weights of each are a picture. */
    private static Html neurons(Stage stage, Explanation explanation) {
        LayerView first = stage.first();
        LayerView active = stage.active();
        int side = explanation.prepared().side();
        float[] weights = first.weights().orElseThrow().values();
        List<Integer> neurons = IntStream.range(0, first.channels())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -active.values()[i]))
                .limit(MOST_OF_FIRST)
                .toList();
        List<PixelMap> pictures = neurons.stream()
                .map(i -> new PixelMap(side, side, Arrays.copyOfRange(weights, i * side * side, (i + 1) * side * side)))
                .toList();
        float reach = 0;
        for (PixelMap picture : pictures) {
            reach = Math.max(reach, picture.reach());
        }
        float shared = reach;
        return Html.of(
                """
                <p class="note">The {} neurons that answer most strongly, each as the picture of its weights: where cloth
                speaks for it and where against.</p>
                <div class="legends"><div>weight{}</div></div>
                <div class="filters">
                {}
                </div>""",
                neurons.size(),
                PageMaps.signedLegend(reach),
                Html.each(
                        IntStream.range(0, neurons.size()).boxed().toList(),
                        i -> Html.of(
                                "<div class=\"filter\" role=\"group\" aria-label=\"neuron {} of {}\"><b>{}</b>{}<small>{}</small></div>",
                                neurons.get(i),
                                first.layer().name(),
                                neurons.get(i),
                                PageMaps.part(
                                        PageMaps.signed(pictures.get(i), shared),
                                        "map wide",
                                        "weights of neuron " + neurons.get(i)),
                                number("answers %.2f", active.values()[neurons.get(i)]))));
    }
}
