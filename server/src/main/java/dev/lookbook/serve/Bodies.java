package dev.lookbook.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Takes the bodies of requests into memory, within bounds: of bytes, of time, and of how many slow senders are waited for
 * at once, so that those who send a byte a second cannot keep all threads: beyond that number a body has to follow its
 * headers at once.
 */
final class Bodies {
    /** Of a body that is no more than a few options in JSON. */
    static final int OPTIONS_BYTES = 64 << 10;

    private static final long HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int REFUSED_SENDERS = 16;
    private static final String DEADLINE = "lookbook.body.deadline";

    private final int most;
    private final long timeoutMillis;
    private final MemoryBudget budget;
    private final Semaphore slowSenders;
    /** Apart from the others, or whoever is not let in could take their places. */
    private final Semaphore refusedSenders = new Semaphore(REFUSED_SENDERS);

    Bodies(Limits limits, MemoryBudget budget, int slowSenders) {
        this.most = limits.bodyBytes();
        this.timeoutMillis = limits.timeout().toMillis();
        this.budget = budget;
        this.slowSenders = new Semaphore(slowSenders);
    }

    /** The whole body, unpacked as its Content-Encoding says. */
    Body read(Context ctx) {
        return read(ctx, most);
    }

    /** As {@link #read}, of {@link #OPTIONS_BYTES} at most: what is made of them in memory is many times as large. */
    Body readOptions(Context ctx) {
        return read(ctx, Math.min(most, OPTIONS_BYTES));
    }

    private Body read(Context ctx, int most) {
        Unpacking unpacking = Unpacking.of(ctx.header("Content-Encoding"));
        Body body = new Body(most, budget);
        try {
            receive(ctx, body, most);
            return unpacking == Unpacking.NONE ? body : unpacked(body, unpacking, most);
        } catch (RuntimeException | Error e) {
            body.close();
            throw e;
        }
    }

    private Body unpacked(Body packed, Unpacking unpacking, int most) {
        Body unpacked = new Body(most, budget);
        try (packed) {
            unpacking.unpack(packed, unpacked);
            return unpacked;
        } catch (RuntimeException | Error e) {
            unpacked.close();
            throw e;
        }
    }

    private void receive(Context ctx, Body body, int most) {
        long announced = ctx.req().getContentLengthLong(); // -1 if it comes in chunks
        if (announced > most) {
            throw Body.tooLarge(most);
        }
        Arrival in = new Arrival(ctx, slowSenders, HURRY_NANOS);
        try (in) {
            while (body.length() != announced) {
                int room = body.room();
                int n = in.read(body.bytes(), body.length(), room);
                if (n < 0) {
                    return;
                }
                body.added(n);
            }
        } catch (IOException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw tooSlow(in.hurried);
            }
            throw Problem.badRequest("the body breaks off after " + body.length()
                    + " bytes. Send all that Content-Length" + " or the chunks announce");
        }
    }

    /**
     * Takes what is left of a refused request's body off the line, if it is not far too long, comes soon, and not too many
     * others are waited for. Whoever still sends when the connection is closed gets an error of the network and never reads
     * the answer.
     */
    void discardRest(Context ctx) {
        long announced = ctx.req().getContentLengthLong();
        boolean none = announced == 0 || announced < 0 && ctx.header("Transfer-Encoding") == null;
        // Who waits to be asked for the body (RFC 9110, 10.1.1) is not to be asked now.
        if (none || announced > 2L * most || ctx.header("Expect") != null) {
            return;
        }
        byte[] thrownAway = new byte[8192];
        try (Arrival in = new Arrival(ctx, refusedSenders, 0)) {
            in.hasToEndWithin(LINGER_NANOS);
            long taken = 0;
            for (int n = 0; n >= 0 && taken <= 2L * most; taken += n) {
                n = in.read(thrownAway, 0, thrownAway.length);
            }
        } catch (IOException | Problem e) {
            // Broken off or too slow; it is refused either way.
        }
    }

    private Problem tooSlow(boolean hurried) {
        return hurried
                ? Problem.busy("too many bodies arrive slowly at the same time. Try again in a second")
                : new Problem(
                        408, "the body did not arrive within " + timeoutMillis + " ms. Send it faster, or in parts");
    }

    /** A body that may be all there, or may let us wait. */
    private final class Arrival implements AutoCloseable {
        private final Context ctx;
        private final InputStream in;
        private final Semaphore places; // of those who are waited for
        private final long hurryNanos; // how long who finds no place has all the same
        private long deadline;
        private EndPoint slow; // whom we wait for; null as long as everything was there at once
        private boolean hurried; // so many others are waited for that this one has to be quick
        private long idleTimeout;

        Arrival(Context ctx, Semaphore places, long hurryNanos) {
            this.ctx = ctx;
            this.places = places;
            this.hurryNanos = hurryNanos;
            this.in = ctx.bodyInputStream();
            Long begun = ctx.attribute(DEADLINE); // of what was read of this body before
            this.deadline = begun == null ? System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) : begun;
            ctx.attribute(DEADLINE, deadline);
        }

        void hasToEndWithin(long nanos) {
            deadline = Math.min(deadline, System.nanoTime() + nanos);
            ctx.attribute(DEADLINE, deadline);
        }

        int read(byte[] target, int offset, int length) throws IOException {
            if (in.available() == 0) {
                awaitMore();
            }
            return in.read(target, offset, length);
        }

        private void awaitMore() {
            if (slow == null) {
                if (!places.tryAcquire()) {
                    hurried = true;
                    hasToEndWithin(hurryNanos);
                }
                slow = ServletContextRequest.getServletContextRequest(ctx.req())
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint();
                idleTimeout = slow.getIdleTimeout();
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw tooSlow(hurried);
            }
            slow.setIdleTimeout(left); // or a sender that falls silent would keep this thread longer
        }

        @Override
        public void close() {
            if (slow != null) {
                slow.setIdleTimeout(idleTimeout);
                if (!hurried) {
                    places.release();
                }
            }
        }
    }
}
