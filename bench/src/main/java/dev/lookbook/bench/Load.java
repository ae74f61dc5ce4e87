package dev.lookbook.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a server on this machine, and tells how fast and how it answered.
 *
 * <p>{@code Load URL FILE CLIENTS SECONDS [RATE [IMAGES]]}: each client has a connection and posts the file again as soon
 * as it is answered; with a rate, the requests of all clients together come at that many a second, whether the server
 * keeps up or not, and time is taken from when a request was due. Speed and times are those of answers with 200; how
 * often each status came is told beside them (0: the connection broke). With images, the file is that many of 28x28 pixels and
 * goes out as one binary tensor of the Open Inference Protocol.
 */
public final class Load {
    private final URI url;
    private final byte[] request;
    private final int clients;
    private final double rate;
    private final long start;
    private final long end;

    private final List<long[]> latencies = new ArrayList<>(); // of answers with 200; guarded by this
    private long notSent; // requests that were due; guarded by this
    private final Map<Integer, Long> statuses = new TreeMap<>(); // guarded by this; 0: no answer

    private Load(URI url, byte[] request, int clients, double seconds, double rate) {
        this.url = url;
        this.request = request;
        this.clients = clients;
        this.rate = rate;
        // Time to connect, and for Java to load what a client needs, which would count as the server's delay.
        this.start = System.nanoTime() + 1_000_000_000;
        this.end = start + (long) (seconds * 1e9);
    }

    public static void main(String[] args) throws Exception {
        URI url = URI.create(args[0]);
        if (!url.getHost().equals("127.0.0.1") && !url.getHost().equals("localhost")) {
            throw new IllegalArgumentException(
                    url.getHost() + " is not this machine, and no other is to be put under load");
        }
        byte[] body = Files.readAllBytes(Path.of(args[1]));
        double rate = args.length > 4 ? Double.parseDouble(args[4]) : 0;
        byte[] request = args.length > 5 ? tensor(url, body, Integer.parseInt(args[5])) : request(url, "", body);
        Load load = new Load(url, request, Integer.parseInt(args[2]), Double.parseDouble(args[3]), rate);
        load.run();
        load.tell();
    }

    private static byte[] tensor(URI url, byte[] pixels, int images) {
        byte[] json = ("{\"inputs\":[{\"name\":\"images\",\"shape\":[" + images + ",28,28],\"datatype\":\"UINT8\","
                        + "\"parameters\":{\"binary_data_size\":" + pixels.length + "}}],\"outputs\":[{\"name\":"
                        + "\"probabilities\",\"parameters\":{\"binary_data\":true}}]}")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] body = Arrays.copyOf(json, json.length + pixels.length);
        System.arraycopy(pixels, 0, body, json.length, pixels.length);
        return request(url, "Inference-Header-Content-Length: " + json.length + "\r\n", body);
    }

    private static byte[] request(URI url, String headers, byte[] body) {
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST " + url.getRawPath() + query + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                        + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private void run() throws InterruptedException {
        Thread[] threads = new Thread[clients];
        for (int i = 0; i < clients; i++) {
            int number = i;
            threads[i] = new Thread(() -> client(number));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void client(int number) {
        Client client = new Client(number);
        while (client.hasMore()) {
            client.askOnOneConnection();
        }
        synchronized (this) {
            latencies.add(Arrays.copyOf(client.nanos, client.count));
            client.statuses.forEach((status, times) -> statuses.merge(status, times, Long::sum));
            notSent += client.notSent();
        }
    }

    /** What one of the clients does; after a failure it connects anew. */
    private final class Client {
        private final double every = rate > 0 ? clients * 1e9 / rate : 0; // between two requests
        private final Map<Integer, Long> statuses = new TreeMap<>();
        private long[] nanos = new long[1 << 10];
        private int count;
        private double due;

        Client(int number) {
            due = start + every * number / clients;
        }

        boolean hasMore() {
            return System.nanoTime() < end && due < end;
        }

        /** Requests that should have been sent before the end, which came first. */
        long notSent() {
            return rate > 0 ? Math.max(0, (long) Math.ceil((end - due) / every)) : 0;
        }

        void askOnOneConnection() {
            try (Socket socket = new Socket(url.getHost(), url.getPort())) {
                socket.setTcpNoDelay(true);
                InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
                OutputStream out = socket.getOutputStream();
                sleepUntil(start);
                while (hasMore()) {
                    ask(in, out);
                }
            } catch (IOException e) {
                statuses.merge(0, 1L, Long::sum);
                LockSupport.parkNanos(1_000_000); // a server that is gone is not asked without a pause
            }
        }

        private void ask(InputStream in, OutputStream out) throws IOException {
            if (rate > 0) {
                sleepUntil((long) due);
            }
            long asked = rate > 0 ? (long) due : System.nanoTime();
            due += every;
            out.write(request);
            int status = answer(in);
            if (status == 200) {
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, 2 * count);
                }
                nanos[count++] = System.nanoTime() - asked;
            }
            statuses.merge(status, 1L, Long::sum);
        }
    }

    private static void sleepUntil(long due) {
        for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
            LockSupport.parkNanos(due - now);
        }
    }

    /** Reads one answer to its end, and gives its status. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).substring(9, 12));
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private synchronized void tell() {
        long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%.0f answers/s in %.1f s, statuses %s, not sent in time %d, ms: median %.2f, 90%% %.2f, 99%% %.2f, most"
                        + " %.2f (answers are those with 200)%n",
                all.length / seconds,
                seconds,
                statuses,
                notSent,
                at(all, 0.5),
                at(all, 0.9),
                at(all, 0.99),
                at(all, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e6;
    }
}
