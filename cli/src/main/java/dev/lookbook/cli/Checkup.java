package dev.lookbook.cli;

import ai.onnxruntime.OrtEnvironment;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** What {@code lookbook doctor} looks at, one thing each. */
enum Checkup {
    LOOKBOOK("lookbook", () -> new Build().getVersion()[0].substring("lookbook ".length()) + ", in " + Home.folder()),
    JAVA("java", Checkup::java),
    SYSTEM("system", Checkup::system),
    INFERENCE("inference", () -> "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion()),
    TRAINING("training", Checkup::training),
    PICTURES("pictures", Checkup::pictures),
    FONTS("fonts", Checkup::fonts);

    /** What was found, in one line. */
    record Finding(boolean fine, String text) {}

    private final String title;
    private final Callable<String> examination;

    Checkup(String title, Callable<String> examination) {
        this.title = title;
        this.examination = examination;
    }

    String title() {
        return title;
    }

    Finding examine() {
        try {
            return new Finding(true, examination.call());
        } catch (Exception | LinkageError e) {
            return new Finding(false, Problems.message(e));
        }
    }

    private static String java() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return "%s (%s) in %s, up to %d MB of heap"
                .formatted(
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        System.getProperty("java.home"),
                        megabytes);
    }

    private static String system() {
        return "%s %s, %s, %d processors"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
    }

    private static String training() {
        Loader.load(torch.class);
        return "libtorch, %d threads".formatted(torch.get_num_threads());
    }

    private static String pictures() {
        StringBuilder formats = new StringBuilder();
        for (String format : new String[] {"png", "jpeg", "gif", "bmp", "webp"}) {
            if (!ImageIO.getImageReadersByFormatName(format).hasNext()) {
                throw new IllegalStateException("no reader for " + format.toUpperCase(Locale.ROOT));
            }
            formats.append(formats.isEmpty() ? "" : ", ").append(format.toUpperCase(Locale.ROOT));
        }
        return formats.toString();
    }

    private static String fonts() {
        try {
            Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
            boolean drawn = font.getStringBounds("Coat", new FontRenderContext(null, true, true)).getWidth() > 0;
            if (drawn) {
                return "charts can be labelled (" + font.getFontName(Locale.ROOT) + ")";
            }
        } catch (RuntimeException | LinkageError e) {
            // Java without fontconfig or without a single font fails in several ways: they all mean this.
        }
        throw new IllegalStateException("no font to label charts with; Debian, Ubuntu: apt install fontconfig fonts-dejavu-core");
    }
}
