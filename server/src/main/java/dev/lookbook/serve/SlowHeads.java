package dev.lookbook.serve;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose request line and headers do not arrive within a time. Jetty itself lets them come a byte at a
 * time for hours: it measures the silence only.
 */
final class SlowHeads extends AbstractLifeCycle implements Runnable {
    private static final long LOOK_MILLIS = 500;

    private final Server server;
    private final long mostNanos;
    private final Map<HttpConnection, Long> since = new HashMap<>(); // used by one look after the other
    private volatile Scheduler.Task next = () -> true;

    SlowHeads(Server server, Duration most) {
        this.server = server;
        this.mostNanos = most.toNanos();
    }

    @Override
    protected void doStart() {
        lookLater();
    }

    @Override
    protected void doStop() {
        next.cancel();
    }

    private void lookLater() {
        next = server.getScheduler().schedule(this, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        Set<HttpConnection> arriving = new HashSet<>();
        for (Connector connector : server.getConnectors()) {
            for (EndPoint client : connector.getConnectedEndPoints()) {
                if (client.getConnection() instanceof HttpConnection connection && isInHead(connection)) {
                    arriving.add(connection);
                    closeIfSlow(connection);
                }
            }
        }
        since.keySet().retainAll(arriving);
        if (isRunning()) {
            lookLater();
        }
    }

    private static boolean isInHead(HttpConnection connection) {
        return connection.getParser().inHeaderState() && !connection.getParser().isStart();
    }

    private void closeIfSlow(HttpConnection connection) {
        long now = System.nanoTime();
        if (now - since.computeIfAbsent(connection, any -> now) > mostNanos) {
            connection.getEndPoint().close();
        }
    }
}
