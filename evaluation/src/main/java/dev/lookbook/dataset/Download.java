package dev.lookbook.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gets Fashion-MNIST's four files from the network. A file appears under its name only once its SHA-256 is right. */
public final class Download {
    /** The makers' own places, in the order of trying. What comes is checked, so that plain HTTP will do. */
    public static final List<URI> FASHION_MNIST = List.of(
            URI.create("https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/"),
            URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

    private static final int LARGEST = 64 << 20;
    private static final int TIMEOUT_MILLIS = 20_000;

    private Download() {}

    /**
     * Downloads what is not there yet.
     *
     * @param hosts folders on the network, each ending in a slash, tried in order for each file
     * @param dataDir gets the folder {@code fashion-mnist}
     * @param progress is told a line per file
     * @return the folder with the four files
     */
    public static Path fashionMnist(List<URI> hosts, Path dataDir, Consumer<String> progress) throws DatasetException {
        Path folder = dataDir.resolve(FashionMnist.NAME);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw DatasetException.writing(folder, e);
        }
        for (Map.Entry<String, String> wanted : new TreeMap<>(FashionMnist.SHA256).entrySet()) {
            Path file = folder.resolve(wanted.getKey() + ".gz");
            if (isRight(file, wanted.getValue())) {
                progress.accept(file + " is there already");
            } else {
                fetch(hosts, file, wanted.getValue());
                progress.accept(file + " downloaded, SHA-256 is right");
            }
        }
        return folder;
    }

    private static boolean isRight(Path file, String sha256) {
        try {
            return Files.isRegularFile(file) && sha256(file).equals(sha256);
        } catch (DatasetException e) {
            return false; // cut off or damaged: it is downloaded again
        }
    }

    private static String sha256(Path file) throws DatasetException {
        int magic = file.getFileName().toString().contains("images") ? IdxStream.IMAGES : IdxStream.LABELS;
        return IdxFile.read(file, magic, true).sha256();
    }

    private static void fetch(List<URI> hosts, Path file, String sha256) throws DatasetException {
        List<String> failures = new ArrayList<>();
        for (URI host : hosts) {
            URI address = host.resolve(file.getFileName().toString());
            Path temporary = WholeFile.temporaryBeside(file);
            try {
                download(address, temporary);
                String actual = sha256(temporary);
                if (actual.equals(sha256)) {
                    WholeFile.rename(temporary, file);
                    return;
                }
                failures.add(address + " has another content (SHA-256 " + actual + ")");
            } catch (IOException e) {
                failures.add(reason(address, temporary, e));
            } finally {
                deleteQuietly(temporary);
            }
        }
        throw new DatasetException("cannot download " + file.getFileName() + ": " + String.join("; ", failures)
                + ". Without a network, copy the four files into " + file.getParent()
                + " (Debian's package dataset-fashion-mnist has them)");
    }

    private static void download(URI address, Path file) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS); // also ends a download that stalls half-way
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new DatasetException("the server answered " + http.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] content = in.readNBytes(LARGEST);
            if (content.length == LARGEST) {
                throw new DatasetException("the file is larger than the published one");
            }
            Files.write(file, content);
        }
    }

    private static String reason(URI address, Path temporary, IOException e) {
        String host = address.getHost();
        if (e instanceof UnknownHostException) {
            return "no network, or " + host + " is unknown";
        }
        if (e instanceof SocketTimeoutException) {
            return host + " did not answer within " + TIMEOUT_MILLIS / 1000 + " seconds";
        }
        String message = String.valueOf(e.getMessage()).replace(temporary + " ", "the file ");
        return address + ": " + message.replace(". Copy or download it again", "");
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
