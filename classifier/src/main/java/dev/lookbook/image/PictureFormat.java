package dev.lookbook.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The formats that are read, told apart by their first bytes. */
enum PictureFormat {
    PNG {
        @Override
        boolean startsWith(byte[] head) {
            return matches(head, 0, "\u0089PNG\r\n\u001a\n");
        }

        @Override
        ImageReader reader() {
            return builtIn("png");
        }
    },
    JPEG {
        @Override
        boolean startsWith(byte[] head) {
            return matches(head, 0, "\u00ff\u00d8\u00ff");
        }

        /** Not the JDK's own reader: it refuses CMYK. */
        @Override
        ImageReader reader() throws IOException {
            return registered(JPEGImageReaderSpi.class, JPEGImageReaderSpi::new);
        }
    },
    GIF {
        @Override
        boolean startsWith(byte[] head) {
            return matches(head, 0, "GIF87a") || matches(head, 0, "GIF89a");
        }

        @Override
        ImageReader reader() {
            return builtIn("gif");
        }
    },
    BMP {
        /** Two letters are little to go by: the four reserved bytes must be 0 as well. */
        @Override
        boolean startsWith(byte[] head) {
            return matches(head, 0, "BM") && matches(head, 6, "\0\0\0\0");
        }

        @Override
        ImageReader reader() {
            return builtIn("bmp");
        }
    },
    WEBP {
        @Override
        boolean startsWith(byte[] head) {
            return matches(head, 0, "RIFF") && matches(head, 8, "WEBP");
        }

        @Override
        ImageReader reader() throws IOException {
            return registered(WebPImageReaderSpi.class, WebPImageReaderSpi::new);
        }
    };

    static final int HEAD_BYTES = 16;

    private static final String READABLE = "Readable are PNG, JPEG, GIF, BMP and WebP";

    abstract boolean startsWith(byte[] head);

    /** A new reader without input. A reader serves one thread. */
    abstract ImageReader reader() throws IOException;

    /** The format of a file with these first bytes: {@link #HEAD_BYTES}, or fewer if the file has no more. */
    static PictureFormat of(byte[] head, String name) throws PictureException {
        if (head.length == 0) {
            throw new PictureException(name, "the file is empty", "Copy or download it again");
        }
        for (PictureFormat format : values()) {
            if (format.startsWith(head)) {
                return format;
            }
        }
        throw new PictureException(name, "this is not a picture that can be read" + guess(head), READABLE);
    }

    private static String guess(byte[] head) {
        if (matches(head, 4, "ftyp")) {
            return " but HEIC, AVIF or a film; phones and viewers can save it as JPEG";
        }
        if (matches(head, 0, "II*\0") || matches(head, 0, "MM\0*")) {
            return " but TIFF or a camera's raw file";
        }
        if (matches(head, 0, "%PDF")) {
            return " but PDF";
        }
        if (matches(head, 0, "\u001f\u008b") || matches(head, 0, "PK\u0003\u0004")) {
            return " but an archive; unpack it first";
        }
        for (int i = 0; i < Math.min(head.length, HEAD_BYTES); i++) {
            if (head[i] < ' ' && head[i] != '\n' && head[i] != '\r' && head[i] != '\t') {
                return "";
            }
        }
        return " but text";
    }

    private static boolean matches(byte[] head, int at, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (head.length < at + wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (head[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static ImageReader builtIn(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        return readers.next();
    }

    /**
     * ImageIO looks for plug-ins once, through one class loader, and may have missed ours (in a server, in Spark, in
     * a jar of jars): then the plug-in is registered here.
     */
    private static <S extends ImageReaderSpi> ImageReader registered(Class<S> type, Supplier<S> plugin)
            throws IOException {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        synchronized (PictureFormat.class) {
            if (registry.getServiceProviderByClass(type) == null) {
                registry.registerServiceProvider(plugin.get());
            }
        }
        return registry.getServiceProviderByClass(type).createReaderInstance();
    }
}
