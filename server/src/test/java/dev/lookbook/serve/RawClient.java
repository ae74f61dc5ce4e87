package dev.lookbook.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes, byte by byte, and reads an answer with a Content-Length. */
final class RawClient implements Closeable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param head status line and headers */
    record Answer(int status, String head, byte[] body) {
        String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A request in the form that {@link #send} takes. */
    static byte[] post(String path, byte[] body) {
        return Infer.body(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n", body);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** No more will come. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer; null if the server closed the connection. */
    Answer read() throws IOException {
        Answer bare = readHead();
        if (bare == null) {
            return null;
        }
        if (bare.status() == 100) {
            return read();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String length = bare.header("Content-Length");
        body.writeBytes(length.isEmpty() ? new byte[0] : in.readNBytes(Integer.parseInt(length)));
        return new Answer(bare.status(), bare.head(), body.toByteArray());
    }

    /** The next answer without its body, such as that to a HEAD; null if the server closed the connection. */
    Answer readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return new Answer(Integer.parseInt(head.substring(9, 12)), head.toString(), new byte[0]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
