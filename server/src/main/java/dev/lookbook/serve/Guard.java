package dev.lookbook.serve;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Decides who is answered, and tells browsers to make nothing of the answers but what they are. */
final class Guard {
    /** To the letter, or /v2/health/../ would open everything. */
    private static final Set<String> HEALTH = Set.of("/v2/health/live", "/v2/health/ready");

    private static final String BEARER = "Bearer ";
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Optional<byte[]> token;
    private final boolean answersLocalNamesOnly;
    private final String host;

    Guard(Access access) {
        this.token = access.token().map(text -> text.getBytes(StandardCharsets.UTF_8));
        this.answersLocalNamesOnly = access.isLocal() && access.token().isEmpty() && !access.insecure();
        this.host = access.host();
    }

    /** @throws Problem 401 or 403 */
    void check(Context ctx) {
        addHeaders(ctx);
        if (HEALTH.contains(ctx.path())) {
            return;
        }
        if (token.isPresent() && !isForEverybody(ctx.path()) && !isRight(ctx.header("Authorization"))) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw new Problem(401, "this needs the header 'Authorization: Bearer TOKEN' with the server's token");
        }
        if (answersLocalNamesOnly) {
            refuseForeignPages(ctx);
        }
    }

    /** Files of the jar: they are the same on every server. */
    private static boolean isForEverybody(String path) {
        return Page.paths().contains(path) || path.equals(Server.DESCRIPTION);
    }

    private static void addHeaders(Context ctx) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-store");
    }

    private boolean isRight(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return false;
        }
        byte[] given = authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.orElseThrow()); // takes as long for a near miss as for a far one
    }

    /**
     * Without a token whoever can reach the port is answered. A page from elsewhere in this machine's browser can: by a
     * name of its own that it lets point here, or by sending without reading the answer. Both show in the headers.
     */
    private void refuseForeignPages(Context ctx) {
        if (!isLocalName(hostOf("//" + ctx.header("Host")))) {
            throw new Problem(
                    403,
                    "the header Host names another machine. Ask for 127.0.0.1 or localhost, or start the"
                            + " server with --token-file or --insecure");
        }
        String origin = ctx.header("Origin");
        if (origin != null && !isLocalName(hostOf(origin))) {
            throw new Problem(
                    403, "a web page of another origin sent this. Start the server with --token-file to let it");
        }
    }

    private boolean isLocalName(String name) {
        return LOCAL_NAMES.contains(name) || name.equalsIgnoreCase(host);
    }

    private static String hostOf(String uri) {
        try {
            String host = URI.create(uri).getHost();
            return host == null ? "" : host.toLowerCase(java.util.Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
