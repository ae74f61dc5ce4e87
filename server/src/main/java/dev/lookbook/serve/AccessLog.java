package dev.lookbook.serve;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line per request, for people and for whoever counts them later. Without the query, which may hold anything. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.lookbook.serve.access");
    private static final int LONGEST_PATH = 200;

    private AccessLog() {}

    /** @param path as it came, still quoted, so that it holds no line breaks */
    static void write(String client, String method, String path, int status, long bytes, long nanos) {
        if (LOG.isInfoEnabled()) {
            String shown = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
            long hundredths = nanos / 10_000;
            LOG.info(client + " " + method + " " + shown.replaceAll("[^!-~]", "?") + " " + status + " " + bytes
                    + " bytes " + hundredths / 100 + "." + (hundredths % 100 < 10 ? "0" : "") + hundredths % 100
                    + " ms");
        }
    }
}
