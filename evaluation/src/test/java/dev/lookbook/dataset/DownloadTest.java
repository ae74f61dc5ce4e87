package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final Path DATA = Path.of(System.getProperty("lookbook.home"), "data", "fashion-mnist");

    @TempDir
    private Path cache;

    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> progress = new ArrayList<>();
    private HttpServer server;
    private byte[] spoilt = new byte[0]; // what is served instead of the test labels, unless empty

    @BeforeEach
    void startAServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/files/", exchange -> {
            requests.incrementAndGet();
            String name =
                    Path.of(exchange.getRequestURI().getPath()).getFileName().toString();
            byte[] content = name.startsWith("t10k-labels") && spoilt.length > 0
                    ? spoilt
                    : Files.readAllBytes(DATA.resolve(name));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopTheServer() {
        server.stop(0);
    }

    @Test
    void whatIsDownloadedIsFoundAgainAndNotDownloadedTwice() throws Exception {
        Path folder = fetch("/files/");
        fetch("/files/");

        assertThat(requests).hasValue(4);
        assertThat(progress).hasSize(8);
        assertThat(progress.get(7)).endsWith("is there already");
        assertThat(folder).isEqualTo(cache.resolve("fashion-mnist"));
        assertThat(Source.of("fashion-mnist", Optional.of(cache))
                        .read(Source.TEST)
                        .count())
                .isEqualTo(10_000);
    }

    @Test
    void otherContentIsNotKept() throws Exception {
        spoilt = Made.packed(Made.idxLabels(2, 1, 2));

        assertThatThrownBy(() -> fetch("/files/"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte.gz has another content (SHA-256 ")
                .hasMessageContaining("dataset-fashion-mnist");
        assertOnlyWholeFilesAreLeft();
    }

    @Test
    void whatIsCutOffIsNotKept() throws Exception {
        byte[] whole = Files.readAllBytes(DATA.resolve("t10k-labels-idx1-ubyte.gz"));
        spoilt = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> fetch("/files/")).hasMessageContaining("is cut off");
        assertOnlyWholeFilesAreLeft();
    }

    @Test
    void aPageInsteadOfTheFileIsNotKept() {
        spoilt = "<html>Please log in to this hotel".getBytes();

        assertThatThrownBy(() -> fetch("/files/")).hasMessageContaining("not an IDX file");
    }

    @Test
    void theNextHostIsTriedWhenOneFails() throws Exception {
        List<URI> hosts = List.of(address("/missing/"), address("/files/"));

        Download.fashionMnist(hosts, cache, progress::add);

        assertThat(progress).hasSize(4).allMatch(line -> line.endsWith("downloaded, SHA-256 is right"));
    }

    @Test
    void aDamagedFileIsReplaced() throws Exception {
        fetch("/files/");
        Files.writeString(cache.resolve("fashion-mnist/t10k-labels-idx1-ubyte.gz"), "damaged");

        fetch("/files/");

        assertThat(requests).hasValue(5);
    }

    @Test
    void anAnswerOfNotFoundIsSaid() {
        assertThatThrownBy(() -> fetch("/missing/")).hasMessageContaining("the server answered 404");
    }

    @Test
    void withoutANetworkTheWayOutIsSaid() {
        List<URI> nowhere = List.of(URI.create("http://no-such-host.invalid/"));

        assertThatThrownBy(() -> Download.fashionMnist(nowhere, cache, progress::add))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("no network, or no-such-host.invalid is unknown")
                .hasMessageContaining("Without a network, copy the four files into " + cache.resolve("fashion-mnist"));
    }

    private Path fetch(String path) throws IOException {
        return Download.fashionMnist(List.of(address(path)), cache, progress::add);
    }

    private URI address(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    private void assertOnlyWholeFilesAreLeft() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("fashion-mnist"))) {
            assertThat(files)
                    .allMatch(file -> file.toString().endsWith("-ubyte.gz"))
                    .noneMatch(file -> file.toString().contains("t10k-labels"));
        }
    }
}
