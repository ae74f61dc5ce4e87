package dev.lookbook.cli;

import dev.lookbook.model.Graph;
import dev.lookbook.model.Layer;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.train.Training;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lookbook summary}: what a model is made of. */
@Command(
        name = "summary",
        description = {
            "Print a model's layers, their shapes, parameters and FLOPs for one picture.",
            "The name of a network that can be trained (mlp, classic, tiny, small, base) does, too.",
        })
final class SummaryCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private ModelOption model;

    SummaryCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        PrintStream out = lookbook.console().out();
        if (isUntrained(model.text())) {
            Graph graph = Training.untrained(model.text());
            out.print(layers(graph.layers(), graph.parameters(), graph.flops()));
            lookbook.console().note(model.text() + " before training, for 28x28 pictures and ten classes");
            return Lookbook.DONE;
        }
        ModelFile file = ModelFile.read(model.file());
        out.print(layers(file.layers(), file.parameters(), file.flops()));
        out.println();
        print(file, out);
        return Lookbook.DONE;
    }

    /** A shipped model, a file and a run come before a network of the same name. */
    private static boolean isUntrained(String text) throws IOException {
        return !Home.models().contains(text)
                && !Files.exists(Path.of(text))
                && Training.networks().contains(text);
    }

    private static TextTable layers(List<Layer> layers, long parameters, long flops) {
        TextTable table = new TextTable(3).row("layer", "kind", "shape", "parameters", "FLOPs");
        for (Layer layer : layers) {
            table.row(layer.name(), layer.kind(), shape(layer), layer.parameters(), layer.flops());
        }
        return table.row("total", "", "", parameters, flops);
    }

    private static String shape(Layer layer) {
        return layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static void print(ModelFile file, PrintStream out) {
        ModelInfo info = file.info();
        out.print(new TextTable(2)
                .row("model", info.name() + " " + info.version())
                .row("input", file.width() + "x" + file.height() + (file.channels() == 1 ? " grey" : " colour"))
                .row("preparation", info.preparation())
                .row("labels", String.join(", ", info.labels()))
                .row("calibrated", info.calibrated() ? "yes" : "no")
                .row("sure at", info.sureAt().isPresent() ? info.sureAt().getAsDouble() : "never")
                .row("sha256", file.contentSha256()));
    }
}
