package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms that are broken, or hold too much. */
class BadFormTest extends BadRequests {
    @Test
    void formsThatAreBroken() throws Exception {
        byte[] form = PicturesTest.form("a.png", TestImages.png(0));
        String type = "multipart/form-data; boundary=seam";

        expect(
                running.post("/api/classify", Arrays.copyOf(form, form.length - 30), "Content-Type", type),
                400,
                "the form is broken or cut off");
        expect(running.post("/api/classify", form, "Content-Type", "multipart/form-data"), 400, "names no boundary");
        expect(running.post("/api/classify", form, "Content-Type", type + "x"), 400, "the form is broken or cut off");
        expect(
                running.post("/api/classify", "--seam--\r\n", "Content-Type", type),
                400,
                "the form has no file. Send pictures like curl -F picture=@shirt.jpg");
        expect(
                running.post("/api/classify", form, "Content-Type", "multipart/mixed; boundary=seam"),
                415,
                "Send a picture, or multipart/form-data");
    }

    @Test
    void formsWithTooManyFiles() throws Exception {
        Object[] parts = new Object[2 * 65];
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = "a.png";
            parts[i + 1] = TestImages.png(0);
        }

        expect(
                running.post(
                        "/api/classify",
                        PicturesTest.form(parts),
                        "Content-Type",
                        "multipart/form-data; boundary=seam"),
                413,
                "the form has more than 64 files");
    }

    @Test
    void formsOfNothingButEmptyParts() throws Exception {
        String form = "--seam\r\n\r\n\r\n".repeat(200_000) + "--seam--\r\n";

        expect(
                running.post("/api/classify", form, "Content-Type", "multipart/form-data; boundary=seam"),
                413,
                "the form has more than 80 parts. Send them in several requests");
    }

    @Test
    void aPartWhoseHeadersAreTooLong() throws Exception {
        String form = "--seam\r\nContent-Disposition: form-data; name=\"p\"; filename=\"" + "n".repeat(5000)
                + "\"\r\n\r\npicture\r\n--seam--\r\n";

        expect(
                running.post("/api/classify", form, "Content-Type", "multipart/form-data; boundary=seam"),
                400,
                "the headers of a part have more than 4096 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\", "\"a\\\"", "\"", "\"a"})
    void boundariesThatAreHalfQuoted(String boundary) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                    + "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n\r\n--a--\r\n\r\n");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        }
    }

    @Test
    void morePicturesToExplainThanOne() throws Exception {
        byte[] form = PicturesTest.form("a.png", TestImages.png(0), "b.png", TestImages.png(1));

        expect(
                running.post("/api/explain", form, "Content-Type", "multipart/form-data; boundary=seam"),
                400,
                "one picture is explained at a time, but the form has 2");
    }
}
