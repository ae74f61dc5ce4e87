package dev.lookbook.serve;

import io.javalin.config.Key;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/** Writes answers. */
final class Reply {
    /** To the letter, without a charset: one client compares it as it stands. */
    static final String JSON = "application/json";

    static final String BYTES = "application/octet-stream";

    /** How long a client may take to read an answer. */
    static final Key<Duration> TIME_TO_READ = new Key<>("time to read");

    private static final String RETRY_SECONDS = "1";
    private static final int WORTH_PACKING = 2048;

    private Reply() {}

    static void json(Context ctx, Object value) {
        write(ctx, 200, JSON, Json.bytes(value));
    }

    /** If some of the body was not read, tells the client that the connection ends with this answer. */
    static void problem(Context ctx, Problem problem) {
        if (!ServletContextRequest.getServletContextRequest(ctx.req()).consumeAvailable()) {
            ctx.header("Connection", "close");
        }
        if (problem.status() == 503) {
            ctx.header("Retry-After", RETRY_SECONDS);
        }
        write(ctx, problem.status(), JSON, Json.error(problem.getMessage()));
    }

    static void write(Context ctx, int status, String contentType, byte[] bytes) {
        HttpServletResponse response = ctx.res();
        response.setStatus(status);
        response.setContentType(contentType);
        byte[] sent = bytes.length < WORTH_PACKING ? bytes : packed(ctx, contentType, bytes);
        response.setContentLength(sent.length);
        Scheduler.Task cut = cutOff(ctx);
        try {
            response.getOutputStream().write(sent);
        } catch (IOException e) {
            // The client is gone, or was too slow; nobody is left to be told.
        } finally {
            cut.cancel();
        }
    }

    /**
     * Closes the connection of a client that does not take its answer in time: it holds a thread, and the answer. A small
     * one, too: who asks again and again without reading fills all buffers in the end.
     */
    private static Scheduler.Task cutOff(Context ctx) {
        ConnectionMetaData meta =
                ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData();
        EndPoint client = meta.getConnection().getEndPoint();
        long millis = ctx.appData(TIME_TO_READ).toMillis();
        return meta.getConnector().getScheduler().schedule(client::close, millis, TimeUnit.MILLISECONDS);
    }

    private static byte[] packed(Context ctx, String contentType, byte[] bytes) {
        String header = ctx.header("Accept-Encoding");
        String accepted = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        // Libraries accept what they can unpack without being asked; packing floats takes longer than it saves. Who
        // wants it nevertheless, as Triton's client may, names one coding.
        String coding = contentType.equals(BYTES) && accepted.contains(",") ? "" : coding(accepted);
        if (coding.isEmpty()) {
            return bytes;
        }
        ctx.header("Content-Encoding", coding);
        ctx.header("Vary", "Accept-Encoding");
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream out = coding.equals("gzip") ? new FastGzip(packed) : new FastDeflate(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
        return packed.toByteArray();
    }

    /** gzip or deflate, whichever is named first; a coding that is only put up with (q=0.1) is not wanted. */
    private static String coding(String accepted) {
        for (String part : accepted.split(",")) {
            String name = part.strip();
            if (name.equals("gzip") || name.equals("deflate")) {
                return name;
            }
        }
        return "";
    }

    /** Floats hardly get smaller by trying harder. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class FastDeflate extends DeflaterOutputStream {
        FastDeflate(OutputStream out) {
            super(out, new Deflater(Deflater.BEST_SPEED));
        }

        @Override
        public void close() throws IOException {
            super.close();
            def.end(); // one of our own, which the stream does not free
        }
    }
}
