package dev.lookbook.cli;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.slf4j.LoggerFactory;

/**
 * Writes the log as long as this is open. Where nobody reads it, as at the other end of a pipe that is full, lines are lost,
 * those below warnings first; but no request waits. Closing writes what is left, as far as a second goes.
 */
final class LogThread implements AutoCloseable {
    private static final int MOST_WAITING = 1024;

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Appender<ILoggingEvent> written;
    private final AsyncAppender waiting = new AsyncAppender();
    private boolean closed;

    LogThread() {
        written = root.iteratorForAppenders().next();
        waiting.setContext(root.getLoggerContext());
        waiting.setQueueSize(MOST_WAITING);
        waiting.setNeverBlock(true);
        waiting.addAppender(written);
        waiting.start();
        root.addAppender(waiting);
        root.detachAppender(written);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            root.detachAppender(waiting);
            waiting.stop(); // stops the other, too
            written.start();
            root.addAppender(written);
        }
    }
}
