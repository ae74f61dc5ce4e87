package dev.lookbook.serve;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The web page: files of the jar, each with a route of its own, so that no request ever names a file. They hold no secrets
 * and are given to everybody; what they ask the server for is not.
 */
final class Page {
    private static final String INDEX = "index.html";
    private static final int SAMPLES = 10;
    private static final List<String> FILES = Stream.concat(
                    Stream.of(
                            "page.css",
                            "icon.svg",
                            "main.js",
                            "arithmetic.js",
                            "chart.js",
                            "chooser.js",
                            "classify.js",
                            "confusion.js",
                            "cursor.js",
                            "decided.js",
                            "dom.js",
                            "doubt.js",
                            "draw.js",
                            "filter.js",
                            "inside.js",
                            "kernels.js",
                            "models.js",
                            "pictures.js",
                            "server.js",
                            "shortcuts.js",
                            "state.js",
                            "step.js",
                            "sums.js",
                            "tabs.js",
                            "weighing.js",
                            "windows.js"),
                    IntStream.range(0, SAMPLES).mapToObj(i -> "sample-" + i + ".png"))
            .toList();

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    /** Scripts, styles and requests from and to this server only; pictures also from the reader's own machine. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Set<String> PATHS =
            Stream.concat(Stream.of("/"), FILES.stream().map(Page::path)).collect(Collectors.toUnmodifiableSet());

    private final Map<String, byte[]> read = new ConcurrentHashMap<>();

    /** Where the page's files are, and nothing else is. */
    static Set<String> paths() {
        return PATHS;
    }

    private static String path(String file) {
        return "/page/" + file;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", ctx -> give(ctx, INDEX));
        FILES.forEach(file -> routes.get(path(file), ctx -> give(ctx, file)));
    }

    private void give(Context ctx, String file) {
        ctx.header("Content-Security-Policy", POLICY);
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        Reply.write(ctx, 200, type, read.computeIfAbsent(file, Page::read));
    }

    private static byte[] read(String file) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
