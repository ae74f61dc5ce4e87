package dev.lookbook.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One page that needs nothing beside it, neither scripts nor the network. */
public final class PageFrame {
    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy"
                content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>{}</title>
            <style>
            {}</style>
            </head>
            <body>
            <main>
            {}
            </main>
            </body>
            </html>
            """;

    private PageFrame() {}

    /**
     * The page.
     *
     * @param sheets names of style sheets, the later over the earlier: {@code report.css}, or a path such as {@code
     *     /dev/lookbook/audience/audience.css} in another jar
     */
    public static String html(String title, Html body, String... sheets) {
        StringBuilder css = new StringBuilder();
        for (String sheet : sheets) {
            css.append(css(sheet));
        }
        return Html.of(FRAME, title, new Html(css.toString()), body).markup();
    }

    private static String css(String sheet) {
        try (InputStream in = PageFrame.class.getResourceAsStream(sheet)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
