package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private static final String TOKEN = "correct-horse-battery-staple";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void anotherHostWantsATokenOrTheWordInsecure(String host) {
        assertThatThrownBy(() -> new Access(host, 0, Optional.empty(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--token-file")
                .hasMessageContaining("--insecure");
        assertThat(new Access(host, 0, Optional.of(TOKEN), false).token()).isPresent();
        assertThat(new Access(host, 0, Optional.empty(), true).insecure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "", "with a space in between them", "with-ä-letter-beyond-ascii"})
    void aTokenThatIsNoneIsRefused(String token) {
        assertThatThrownBy(() -> Access.local(0)
                        .token()
                        .or(() -> Optional.of(token))
                        .map(t -> new Access("127.0.0.1", 0, Optional.of(t), false)))
                .hasMessageContaining("at least 16");
    }

    @Test
    void theTokenIsInNoText() {
        assertThat(new Access("127.0.0.1", 1, Optional.of(TOKEN), false).toString())
                .doesNotContain(TOKEN);
    }

    @Test
    void theTokenGuardsEveryRouteButHealthThePageAndItsDescription() throws Exception {
        Access access = new Access("127.0.0.1", 0, Optional.of(TOKEN), false);
        try (Running running = Running.with(folder, Running.limits(1, 8), access, "mlp")) {
            assertThat(running.server.routes()).hasSizeGreaterThan(30);
            for (String route : running.server.routes()) {
                String method = route.substring(0, route.indexOf(' '));
                String path = route.substring(route.indexOf(' ') + 1);
                boolean isOpen = path.equals("/v2/health/live")
                        || path.equals("/v2/health/ready")
                        || path.equals("/openapi.yaml") // the page leads there
                        || path.equals("/")
                        || path.startsWith("/page/"); // or nobody could be asked for the token
                String asked = path.replaceAll("[{]\\w+}|[*]", "nothing");
                for (String wrong : new String[] {"", "Bearer " + TOKEN + "x", TOKEN, "Basic " + TOKEN}) {
                    RawClient.Answer answer = ask(running, method, asked, wrong);
                    assertThat(answer.status()).as("%s with '%s'", route, wrong).isEqualTo(isOpen ? 200 : 401);
                    assertThat(answer.header("WWW-Authenticate")).isEqualTo(isOpen ? "" : "Bearer");
                    if (method.equals("GET")) {
                        assertThat(ask(running, "HEAD", asked, wrong).status())
                                .as("HEAD %s with '%s'", path, wrong)
                                .isEqualTo(isOpen ? 200 : 401);
                    }
                }
                assertThat(ask(running, method, asked, "Bearer " + TOKEN).status())
                        .as(route)
                        .isNotIn(401, 403, 500);
            }
        }
    }

    private static RawClient.Answer ask(Running running, String method, String path, String token) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            String shown = token.isEmpty() ? "" : "Authorization: " + token + "\r\n";
            client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n" + shown + "\r\n");
            return client.readHead();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/v2/health/../models", "/v2/health/live/", "//", "/page/../v2", "/v2/models/mlp"})
    void theTokenGuardsWhatIsNoRoute(String path) throws Exception {
        Access access = new Access("127.0.0.1", 0, Optional.of(TOKEN), false);
        try (Running running = Running.with(folder, Running.limits(1, 8), access, "mlp")) {
            assertThat(ask(running, "GET", path, "").status()).isIn(400, 401);
            assertThat(ask(running, "GET", path, "Bearer " + TOKEN).status()).isIn(200, 400, 404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: shop.example,                                        403",
        "Host: shop.example:8080,                                   403",
        "Host: localhost:8080,                                      200",
        "Host: 127.0.0.1,                                           200",
        "Host: [::1]:80,                                            200",
        "'Host: localhost\r\nOrigin: http://shop.example',          403",
        "'Host: localhost\r\nOrigin: null',                         403",
        "'Host: localhost\r\nOrigin: http://localhost:3000',        200",
    })
    void withoutATokenPagesOfOtherMachinesAreRefused(String headers, int status) throws Exception {
        try (Running running = Running.with(folder, "mlp");
                RawClient client = new RawClient(running.server.port())) {
            client.send("GET /v2/models/mlp HTTP/1.1\r\n" + headers + "\r\n\r\n");

            assertThat(client.read().status()).isEqualTo(status);
        }
    }
}
