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
    void theTokenGuardsEveryRouteButHealth() throws Exception {
        Access access = new Access("127.0.0.1", 0, Optional.of(TOKEN), false);
        try (Running running = Running.with(folder, Running.limits(1, 8), access, "mlp")) {
            for (String path : new String[] {
                "/v2", "/v2/models/mlp", "/metrics", "/api/models", "/openapi.yaml", "/nothing", "/v2/health/../models"
            }) {
                assertThat(running.get(path).status()).as(path).isEqualTo(401);
                assertThat(running.get(path, "Authorization", "Bearer " + TOKEN + "x")
                                .status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(running.get(path, "Authorization", TOKEN).status())
                        .as(path)
                        .isEqualTo(401);
                assertThat(running.get(path, "Authorization", "Bearer " + TOKEN).status())
                        .as(path)
                        .isIn(200, 404);
            }
            assertThat(running.post("/api/classify?model=mlp", TestImages.png(0))
                            .status())
                    .isEqualTo(401);
            assertThat(running.post("/v2/repository/models/mlp/unload", "").status())
                    .isEqualTo(401);
            for (String file : Page.paths()) { // or nobody could be asked for the token
                assertThat(running.get(file).status()).as(file).isEqualTo(200);
            }
            assertThat(running.get("/v2").header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(running.get("/v2/health/live").status()).isEqualTo(200);
            assertThat(running.get("/v2/health/ready").status()).isEqualTo(200);
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
