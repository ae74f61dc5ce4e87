package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead nowhere, and bytes that are no HTTP. */
class BadHttpTest extends BadRequests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/../../../etc/passwd",
                "/v2/models/..%2F..%2Fetc%2Fpasswd",
                "/v2/models/%2e%2e/%2e%2e/secret",
                "/v2/models/..\\..\\secret",
                "/v2/models/%00",
                "/v2/models/tiny;a=b/../x",
                "/v2/models/tiny.onnx",
                "/v2/models//etc/passwd",
                "/v2/models/%c0%ae%c0%ae",
                "/v2/models/%zz",
                "/../models/tiny.md",
                "/models/tiny.onnx"
            })
    void pathsThatLeadOutOfTheFolder(String path) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).as(answer.text()).isBetween(400, 404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(Json.MAPPER.readTree(answer.body()).path("error").asString())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "HELLO\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"
            })
    void whatIsNoHttp(String sent) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send(sent);
            client.finish();

            RawClient.Answer answer = client.read();

            assertThat(answer).isNotNull();
            assertThat(answer.status()).isIn(400, 404, 405, 501, 505);
        }
    }

    @Test
    void headersThatAreTooLong() throws Exception {
        expect(running.get("/v2", "X-Long", "x".repeat(20_000)), 431, "");
    }
}
