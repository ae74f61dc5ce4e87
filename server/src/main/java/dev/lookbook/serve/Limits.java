package dev.lookbook.serve;

import dev.lookbook.image.Picture;
import java.time.Duration;

/**
 * How much the server takes on.
 *
 * @param threads requests that are worked on at the same time
 * @param queue requests that wait for a thread; one more is answered 503
 * @param bodyBytes of one request, as sent and unpacked
 * @param pixels of one picture
 * @param images of one request
 * @param timeout for a body to arrive, and then for a request to wait for a thread
 * @param drain how long a stopping server waits for the requests under way
 */
public record Limits(int threads, int queue, int bodyBytes, int pixels, int images, Duration timeout, Duration drain) {

    public Limits {
        require("threads", threads, 1, 1024);
        require("queue", queue, 1, 100_000);
        require("the largest body", bodyBytes, 1024, 1 << 30);
        require("the most pixels", pixels, 1, Picture.MAX_PIXELS);
        require("the most images", images, 1, 100_000);
        require("the timeout in milliseconds", timeout.toMillis(), 1, 3_600_000);
        require("the time to drain in milliseconds", drain.toMillis(), 0, 3_600_000);
    }

    /** A thread per processor, bodies of 16 MiB, pictures of 25 million pixels, 256 images at once. */
    public static Limits defaults() {
        return new Limits(
                Runtime.getRuntime().availableProcessors(),
                128,
                16 << 20,
                25_000_000,
                256,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    /** What the bodies of all requests together may take. */
    static long memoryForBodies() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** Not asked of every value of this: the defaults must exist under any heap. */
    void requireMemory() {
        if (bodyBytes >= memoryForBodies()) {
            throw new IllegalArgumentException(
                    "the largest body must be less than a quarter of Java's heap, which is %d MiB, but was %.1f MiB: give"
                                    .formatted(memoryForBodies() >> 20, bodyBytes / 1048576.0)
                            + " Java more with LOOKBOOK_JAVA_OPTS=-Xmx2g, or a smaller --max-body");
        }
    }

    private static void require(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", but was " + value);
        }
    }
}
