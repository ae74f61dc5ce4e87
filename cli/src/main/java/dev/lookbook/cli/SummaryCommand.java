package dev.lookbook.cli;

import dev.lookbook.model.Layer;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code lookbook summary}: what a model is made of. */
@Command(name = "summary", description = "Print a model's layers, their shapes, parameters and FLOPs for one picture.")
final class SummaryCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private ModelOption model;

    SummaryCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        ModelFile file = ModelFile.read(model.file());
        lookbook.console().out().print(layers(file));
        lookbook.console().out().println();
        print(file, lookbook.console().out());
        return Lookbook.DONE;
    }

    private static TextTable layers(ModelFile file) {
        TextTable table = new TextTable(3).row("layer", "kind", "shape", "parameters", "FLOPs");
        for (Layer layer : file.layers()) {
            table.row(layer.name(), layer.kind(), shape(layer), layer.parameters(), layer.flops());
        }
        return table.row("total", "", "", file.parameters(), file.flops());
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
