package dev.lookbook.serve;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Writes answers. */
final class Reply {
    /** To the letter, without a charset: one client compares it as it stands. */
    static final String JSON = "application/json";

    static final String BYTES = "application/octet-stream";

    private static final String RETRY_SECONDS = "1";
    private static final int WORTH_PACKING = 2048;

    private Reply() {}

    static void json(Context ctx, Object value) {
        write(ctx, 200, JSON, Json.bytes(value));
    }

    static void problem(Context ctx, Problem problem) {
        if (problem.status() == 503) {
            ctx.header("Retry-After", RETRY_SECONDS);
        }
        write(ctx, problem.status(), JSON, Json.error(problem.getMessage()));
    }

    static void write(Context ctx, int status, String contentType, byte[] bytes) {
        HttpServletResponse response = ctx.res();
        response.setStatus(status);
        response.setContentType(contentType);
        byte[] sent = bytes.length < WORTH_PACKING ? bytes : packed(ctx, bytes);
        response.setContentLength(sent.length);
        try {
            response.getOutputStream().write(sent);
        } catch (IOException e) {
            // The client is gone; nobody is left to be told.
        }
    }

    private static byte[] packed(Context ctx, byte[] bytes) throws IllegalStateException {
        String accepted = ctx.header("Accept-Encoding");
        String coding = accepted == null ? "" : coding(accepted.toLowerCase(Locale.ROOT));
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
