package dev.lookbook.cli;

import dev.lookbook.audience.DemoCatalogue;
import dev.lookbook.audience.DemoSettings;
import dev.lookbook.audience.DemoShop;
import dev.lookbook.audience.ShopKind;
import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lookbook audience demo}: a made-up shop, the truth about it included. */
@Command(
        name = "demo",
        description = {
            "Make up a shop to try audiences on: a catalogue of the 10,000 test images as a model sees them, customers,"
                    + " two years of purchases, a campaign file; and the truth about all of it.",
        })
final class AudienceDemoCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private ModelOption model;

    @Mixin
    private DataOptions dataOptions;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "taste",
            description = "taste (customers differ), popular (all follow fashion) or null (purchases at random)"
                    + " (default: ${DEFAULT-VALUE}).")
    private ShopKind kind;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "(default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "20000",
            description = "How many customers; each makes some ten purchases (default: ${DEFAULT-VALUE}).")
    private int customers;

    @Option(
            names = "--articles",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many articles; beyond 10,000 they share pictures (default: ${DEFAULT-VALUE}).")
    private int articles;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "DIR",
            description = "A new folder for the shop.")
    private Path out;

    AudienceDemoCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        NewFile.requireAbsent(out);
        DemoSettings settings = settings();
        DemoCatalogue catalogue = catalogue();
        DemoShop.write(settings, catalogue, RunFolder.create(out).path());
        lookbook.console().out().println(out.resolve(DemoShop.CAMPAIGN));
        return Lookbook.DONE;
    }

    private DemoSettings settings() {
        try {
            return new DemoSettings(kind, seed, customers, articles);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private DemoCatalogue catalogue() throws IOException {
        LabelledImages test = dataOptions.source(FashionMnist.NAME).read(Source.TEST);
        try (Classifier classifier = Classifier.open(model.file())) {
            String pictures = FashionMnist.testImages(dataOptions.dataDir()).toString();
            return DemoCatalogue.of(classifier, test, pictures);
        }
    }
}
