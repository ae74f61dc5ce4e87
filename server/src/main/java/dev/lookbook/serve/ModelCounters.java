package dev.lookbook.serve;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What Triton counts for each model; durations in microseconds, of successful requests only. */
final class ModelCounters {
    final LongAdder successes = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder images = new LongAdder();
    final LongAdder executions = new LongAdder();
    final LongAdder requestMicros = new LongAdder();
    final LongAdder queueMicros = new LongAdder();
    final LongAdder computeMicros = new LongAdder();
    final AtomicLong pending = new AtomicLong();
}
