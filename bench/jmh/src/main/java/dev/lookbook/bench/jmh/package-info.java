/**
 * Benchmarks of what runs for every picture, one class each: how long a call takes on one thread. {@code bench/jmh/run}
 * starts them.
 */
package dev.lookbook.bench.jmh;
