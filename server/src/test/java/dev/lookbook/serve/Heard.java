package dev.lookbook.serve;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs, as long as this is open. */
final class Heard extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger log;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private Heard(Logger log) {
        this.log = log;
    }

    static Heard from(Class<?> speaker) {
        Heard heard = new Heard((Logger) LoggerFactory.getLogger(speaker));
        heard.start();
        heard.log.addAppender(heard);
        return heard;
    }

    List<String> lines() {
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(event.getFormattedMessage());
    }

    @Override
    public void close() {
        log.detachAppender(this);
    }
}
