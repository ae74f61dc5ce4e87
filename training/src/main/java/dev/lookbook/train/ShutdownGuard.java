package dev.lookbook.train;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a native computation that is under way end before the process does. Without it Ctrl-C unloads libtorch under the
 * feet of the training thread, and the process crashes instead of stopping.
 */
final class ShutdownGuard implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock computing = new ReentrantLock();
    /** Takes the lock and never gives it back: the training thread then waits at its next computation. */
    private final Thread hook = new Thread(this::stop, "wait for the training step");

    ShutdownGuard() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void stop() {
        try {
            if (!computing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return; // better a crash than a process that does not stop
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Call before a native computation, and {@link #leave} after it. */
    void enter() {
        computing.lock();
    }

    void leave() {
        computing.unlock();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Then the hook is at work, and this thread must not go on to anything native.
            enter();
        }
    }
}
