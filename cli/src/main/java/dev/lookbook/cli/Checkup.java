package dev.lookbook.cli;

import ai.onnxruntime.OrtEnvironment;
import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.Source;
import dev.lookbook.model.ModelFile;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** What {@code lookbook doctor} looks at, one thing each. */
enum Checkup {
    LOOKBOOK("lookbook") {
        @Override
        String examine() {
            return Build.description() + ", in " + Home.folder();
        }
    },
    JAVA("java") {
        @Override
        String examine() {
            return "%s (%s) in %s, up to %d MB of heap"
                    .formatted(
                            Runtime.version(),
                            System.getProperty("java.vendor"),
                            System.getProperty("java.home"),
                            Runtime.getRuntime().maxMemory() >> 20);
        }
    },
    SYSTEM("system") {
        @Override
        String examine() {
            return "%s %s, %s, %d processors"
                    .formatted(
                            System.getProperty("os.name"),
                            System.getProperty("os.version"),
                            System.getProperty("os.arch"),
                            Runtime.getRuntime().availableProcessors());
        }
    },
    INFERENCE("inference") {
        @Override
        String examine() throws IOException {
            try (Classifier classifier = Classifier.open(Probe.model(), 1)) {
                classifier.score(new byte[Probe.SIDE * Probe.SIDE], 1);
            }
            return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion() + " runs";
        }
    },
    TRAINING("training") {
        @Override
        String examine() {
            Loader.load(torch.class);
            return "libtorch loads, with %d threads".formatted(torch.get_num_threads());
        }
    },
    PICTURES("pictures") {
        @Override
        String examine() {
            List<String> formats = new ArrayList<>();
            for (String format : List.of("PNG", "JPEG", "GIF", "BMP", "WebP")) {
                if (!ImageIO.getImageReadersByFormatName(format.toLowerCase(Locale.ROOT))
                        .hasNext()) {
                    throw new IllegalStateException("nothing here reads " + format);
                }
                formats.add(format);
            }
            return String.join(", ", formats);
        }
    },
    FONTS("fonts") {
        @Override
        String examine() {
            try {
                Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
                if (font.getStringBounds("Coat", new FontRenderContext(null, true, true))
                                .getWidth()
                        > 0) {
                    return "charts can be labelled";
                }
            } catch (RuntimeException | LinkageError e) {
                // Without fontconfig, freetype or a single font Java fails in several ways, which all mean the same.
            }
            throw new IllegalStateException(
                    "no font to label charts with. Debian, Ubuntu: apt install fontconfig fonts-dejavu-core");
        }
    },
    DATA("data") {
        @Override
        String examine() throws IOException {
            Source source = Source.of(FashionMnist.NAME, Optional.empty());
            int images =
                    source.read(Source.TRAIN).count() + source.read(Source.TEST).count();
            return FashionMnist.NAME + " with " + images + " images, checksums are right";
        }
    },
    MODELS("models") {
        @Override
        String examine() throws IOException {
            for (String name : Home.models()) {
                ModelFile.read(Home.model(name));
            }
            if (Home.models().isEmpty()) {
                throw new IOException("none is shipped in " + Home.folder().resolve("models")
                        + ". Give classify one with --model, or train one: lookbook train");
            }
            return String.join(", ", Home.models());
        }
    },
    CACHE("cache") {
        @Override
        String examine() throws IOException {
            Path cache = Files.createDirectories(FashionMnist.cache());
            if (!Files.isWritable(cache)) {
                throw new IOException(cache + " cannot be written to: every start unpacks the native libraries again");
            }
            return cache.toString();
        }
    };

    /** What was found, in one line. */
    record Finding(boolean isFine, String text) {}

    private final String title;

    Checkup(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Says in one line what is there, or throws what is wrong. */
    abstract String examine() throws IOException;

    Finding find() {
        try {
            return new Finding(true, examine());
        } catch (IOException | RuntimeException | LinkageError e) {
            return new Finding(false, Problems.message(e));
        }
    }
}
