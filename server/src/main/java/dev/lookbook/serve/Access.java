package dev.lookbook.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where the server listens, and to whom.
 *
 * @param host a name or an address
 * @param port 0 for any free one
 * @param token what clients must show as {@code Authorization: Bearer TOKEN}; empty: nobody is asked
 * @param insecure whether other machines may be answered without a token
 */
public record Access(String host, int port, Optional<String> token, boolean insecure) {
    private static final int SHORTEST_TOKEN = 16;

    public Access {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 0 to 65535, but was " + port);
        }
        token.ifPresent(Access::requireToken);
        if (token.isEmpty() && !insecure && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "on host " + host + " other machines can reach the server: give a file with"
                            + " a secret by --token-file, or --insecure if something else keeps strangers out");
        }
    }

    /** This machine only, nobody is asked for a token. */
    public static Access local(int port) {
        return new Access("127.0.0.1", port, Optional.empty(), false);
    }

    boolean isLocal() {
        return isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("there is no host " + host + ". Give this machine's name or address", e);
        }
    }

    private static void requireToken(String token) {
        if (token.length() < SHORTEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the token must have at least " + SHORTEST_TOKEN
                    + " letters, digits or signs without a space. Make one with: openssl rand -hex 32");
        }
    }

    /** Without the secret, which belongs into no log. */
    @Override
    public String toString() {
        return host + ":" + port + (token.isPresent() ? " with a token" : "");
    }
}
