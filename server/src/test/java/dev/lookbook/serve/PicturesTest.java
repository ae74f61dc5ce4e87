package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Prediction;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PicturesTest {
    @TempDir
    static Path folder;

    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny", "mlp");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void aPictureIsAnsweredAsTheClassifierDoes() throws Exception {
        Prediction expected;
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1)) {
            expected = classifier.classify(Picture.read(TestImages.png(3), "picture"));
        }

        Running.Answer answer = running.post("/api/classify", TestImages.png(3));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode json = answer.json();
        JsonNode result = json.path("results").get(0);
        assertThat(json.path("model").asString()).isEqualTo("tiny");
        assertThat(json.path("version").asString()).isEqualTo("1");
        assertThat(result.path("label").asString()).isEqualTo(expected.label());
        assertThat(Float.parseFloat(result.path("confidence").asString())).isEqualTo(expected.confidence());
        assertThat(result.path("decision").asString())
                .isEqualTo(expected.decision().orElseThrow().name().toLowerCase(Locale.ROOT));
        expected.probabilities()
                .forEach((label, probability) -> assertThat(Float.parseFloat(
                                result.path("probabilities").path(label).asString()))
                        .isEqualTo(probability));
        assertThat(result.path("probabilities").size())
                .isEqualTo(expected.probabilities().size());
        assertThat(result.has("prepared")).isFalse();
    }

    @Test
    void aModelCanBeNamed() throws Exception {
        Running.Answer answer = running.post("/api/classify?model=mlp&version=1", TestImages.png(3));

        assertThat(answer.json().path("model").asString()).isEqualTo("mlp");
        assertThat(running.post("/api/classify?model=nope", TestImages.png(3)).status())
                .isEqualTo(404);
    }

    @Test
    void thePictureIsShownAsTheNetworkSawIt() throws Exception {
        Running.Answer answer = running.post("/api/classify?prepared=true", TestImages.png(3));

        String uri = answer.json().path("results").get(0).path("prepared").asString();
        byte[] png = Base64.getDecoder().decode(uri.substring("data:image/png;base64,".length()));
        assertThat(Picture.read(png, "prepared").greyPixels()).isEqualTo(TestImages.image(3));
    }

    @Test
    void severalPicturesOfAFormAreAnsweredInOrderAndABadOneIsALine() throws Exception {
        byte[] form =
                form("a.png", TestImages.png(0), "notes.png", "not a picture".getBytes(), "b.png", TestImages.png(1));

        Running.Answer answer =
                running.post("/api/classify", form, "Content-Type", "multipart/form-data; boundary=seam");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode results = answer.json().path("results");
        assertThat(results).hasSize(3);
        assertThat(results.get(0).path("input").asString()).isEqualTo("a.png");
        assertThat(results.get(0).path("label").asString()).isEqualTo("Ankle boot");
        assertThat(results.get(1).path("error").asString()).startsWith("notes.png: this is not a picture");
        assertThat(results.get(1).has("label")).isFalse();
        assertThat(results.get(2).path("label").asString()).isEqualTo("Pullover");
    }

    @Test
    void aProgressiveJpegWithAFewScansIsRead() throws Exception {
        assertThat(running.post("/api/classify", ScannedJpeg.withScans(3)).status())
                .isEqualTo(200);
    }

    @Test
    void picturesThatTakeTooLongTogetherAreGivenUpAfterTheFirst() throws Exception {
        Limits limits = new Limits(1, 8, 4 << 20, 25_000_000, 64, Duration.ofMillis(100), Duration.ofSeconds(5));
        byte[] large = Png.bytes(new BufferedImage(4000, 4000, BufferedImage.TYPE_BYTE_GRAY));
        try (Running hurried = Running.with(folder.resolve("hurried"), limits, Access.local(0), "tiny")) {
            Running.Answer answer = hurried.post(
                    "/api/classify",
                    form("a.png", large, "b.png", large, "c.png", large),
                    "Content-Type",
                    "multipart/form-data; boundary=seam");

            assertThat(answer.status()).as(answer.text()).isIn(200, 413);
            assertThat(answer.text())
                    .contains("c.png: the pictures before it took longer than 100 ms. Send fewer at once")
                    .doesNotContain("a.png: the pictures");
        }
    }

    /** @param parts file name, content, file name, content... */
    static byte[] form(Object... parts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (int i = 0; i < parts.length; i += 2) {
            form.writeBytes(("--seam\r\nContent-Disposition: form-data; name=\"p\"; filename=\"" + parts[i]
                            + "\"\r\nContent-Type: image/png\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.writeBytes((byte[]) parts[i + 1]);
            form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        form.writeBytes("--seam--\r\n".getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    @Test
    void modelsAreListedWithTheirCards() throws Exception {
        JsonNode models = running.get("/api/models").json().path("models");

        assertThat(models).hasSize(2);
        JsonNode tiny = models.get(1);
        assertThat(tiny.path("name").asString()).isEqualTo("tiny");
        assertThat(tiny.path("default").asBoolean()).isTrue();
        assertThat(models.get(0).path("default").asBoolean()).isFalse();
        assertThat(tiny.path("labels")).hasSize(10);
        assertThat(tiny.path("card").path("parameters").asLong())
                .isEqualTo(tiny.path("parameters").asLong());
        assertThat(tiny.path("text").asString()).startsWith("# tiny");
        assertThat(tiny.toString()).doesNotContain(folder.toString());
    }

    @Test
    void answersCarryTheHeadersThatKeepBrowsersFromGuessing() throws Exception {
        Running.Answer answer = running.get("/api/models");

        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Server")).isEmpty();
    }
}
