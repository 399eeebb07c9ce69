// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// The scheduler of the machine: threads of the JDK, its clock and its parking.
///
/// The only class of the kit that touches threads, `LockSupport` or the clock; everybody else comes
/// through [Scheduler], and a test that reads the class files sees to it.
final class RealScheduler implements Scheduler {
    /// The seed of [Scheduler#real()]: any fixed number, so that runs repeat.
    static final long DEFAULT_SEED = 0x50_45_4e_53_54_4f_43_4bL;

    static final RealScheduler INSTANCE = new RealScheduler(DEFAULT_SEED);

    private static final ThreadLocal<RealStrand> CURRENT =
            ThreadLocal.withInitial(() -> new RealStrand(Thread.currentThread()));

    /*
     * A virtual thread that yields goes behind those in the queue of its carrier, and the carrier
     * looks elsewhere only when that queue is empty. So a few that yield to each other until
     * something happens keep out for ever whoever was woken by a platform thread or by a timer,
     * who may be the one they wait for. One that parks makes room. Its timer may fire milliseconds
     * late on busy cores, so it does that only when it has yielded for long without a park.
     */

    /// A virtual thread that has yielded so many times without parking parks for a moment.
    ///
    /// Where there is one carrier, whoever was woken waits for that park and for nothing else.
    private static final int YIELDS_TO_PARK = carriers() == 1 ? 64 : 16_384;

    // Some ten microseconds of yielding where nobody else wants the core. A platform thread takes
    // several times as long to be woken, and the system gives its core to any other that can run; a
    // virtual one is woken in a microsecond, and there may be thousands of them.
    private static final int PLATFORM_YIELDS = 100;
    private static final int VIRTUAL_YIELDS = 20;

    private static final long LEAVE_NS = 1_000;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long seed;

    RealScheduler(long seed) {
        this.seed = seed;
    }

    private static int carriers() {
        int cores = Runtime.getRuntime().availableProcessors();
        return Integer.getInteger("jdk.virtualThreadScheduler.parallelism", cores);
    }

    @Override
    public Scheduler origin() {
        return INSTANCE; // whatever the seed, threads and clock are the machine's
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Strand current() {
        // A table of thread-locals would weigh more than all else that a short virtual thread has.
        // The handler may be another thread's: some libraries hand it on to threads that they
        // start.
        Thread thread = Thread.currentThread();
        return thread.getUncaughtExceptionHandler() instanceof RealStrand strand
                        && strand.thread.equals(thread)
                ? strand
                : CURRENT.get();
    }

    @Override
    public boolean isCurrent(Strand strand) {
        return strand instanceof RealStrand real && real.thread.equals(Thread.currentThread());
    }

    @Override
    public StrandUsage usage() {
        return Thread.currentThread().isVirtual() ? StrandUsage.UNKNOWN : PlatformUsage.current();
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        refuse(Thread.currentThread().getUncaughtExceptionHandler());
        Thread.Builder builder =
                switch (kind) {
                    // Daemons: a strand that ignores its interrupt must not keep the JVM alive.
                    case PLATFORM -> Thread.ofPlatform().daemon();
                    case VIRTUAL -> Thread.ofVirtual();
                };
        RealStrand strand = new RealStrand(builder.name(name), body);
        strand.thread.start();
        return strand;
    }

    @Override
    public boolean join(Strand strand, long deadlineNs) {
        Thread thread = threadOf(strand);
        refuse(Thread.currentThread().getUncaughtExceptionHandler());
        try {
            if (deadlineNs == NO_DEADLINE) {
                thread.join();
                return true;
            }
            long waitNs = deadlineNs - System.nanoTime();
            return waitNs > 0 ? thread.join(Duration.ofNanos(waitNs)) : !thread.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        Thread.UncaughtExceptionHandler handler =
                Thread.currentThread().getUncaughtExceptionHandler();
        if (handler instanceof RealStrand strand) {
            strand.yields = 0;
        } else {
            refuse(handler);
        }
        if (deadlineNs == NO_DEADLINE) {
            LockSupport.park(blocker);
            return;
        }
        long waitNs = deadlineNs - System.nanoTime();
        if (waitNs > 0) {
            LockSupport.parkNanos(blocker, waitNs);
        }
    }

    @Override
    public void unpark(Strand strand) {
        LockSupport.unpark(threadOf(strand));
    }

    @Override
    public void interrupt(Strand strand) {
        threadOf(strand).interrupt();
    }

    @Override
    public boolean isInterrupted() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean clearInterrupt() {
        return Thread.interrupted();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted
    public void yieldNow() {
        if (Thread.currentThread().isVirtual() && current() instanceof RealStrand strand) {
            strand.yields = (strand.yields + 1) % YIELDS_TO_PARK;
            if (strand.yields == 0) {
                LockSupport.parkNanos(this, LEAVE_NS); // takes the permit, if there is one
                LockSupport.parkNanos(this, LEAVE_NS);
                LockSupport.unpark(Thread.currentThread()); // there may have been one
                return;
            }
        }
        Thread.yield();
    }

    @Override
    public int yieldsBeforePark() {
        return Thread.currentThread().isVirtual() ? VIRTUAL_YIELDS : PLATFORM_YIELDS;
    }

    @Override
    public void point(Object on) {
        // The machine switches threads where it likes.
    }

    @Override
    public int choose(int bound, String what) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive: bound=" + bound);
        }
        return 0;
    }

    @Override
    public RandomGenerator random(String stream) {
        // FNV-1a: String.hashCode has 32 bits only, too few to keep many streams apart.
        long hash = FNV_OFFSET;
        for (int i = 0; i < stream.length(); i++) {
            hash = (hash ^ stream.charAt(i)) * FNV_PRIME;
        }
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ hash);
    }

    /// Refuses the caller when it is a strand of another scheduler, such as a simulated one, which
    /// would know nothing of what it starts or waits for here. All strands are found as those of
    /// this class are; one that is refused is also told, for its program may swallow the exception.
    private static void refuse(Thread.UncaughtExceptionHandler handler) {
        if (handler instanceof Strand strand && !(strand instanceof RealStrand)) {
            IllegalStateException refusal =
                    new IllegalStateException(
                            "a strand must start others and wait by its own scheduler, not the"
                                    + " machine's: strand="
                                    + strand.name()
                                    + "; give its scheduler to the run, the scope or the channel,"
                                    + " by RunOptions.scheduler, ScopeOptions.scheduler or"
                                    + " Channel.Builder.scheduler");
            handler.uncaughtException(Thread.currentThread(), refusal);
            throw refusal;
        }
    }

    private static Thread threadOf(Strand strand) {
        if (strand instanceof RealStrand real) {
            return real.thread;
        }
        throw new IllegalArgumentException(
                "strand must be one of the real scheduler: strand=" + strand.name());
    }

    /// A thread of the JDK. Two strands of the same thread are equal. A thread that was started
    /// here has its strand as its handler of uncaught exceptions, which does what a thread without
    /// one does; it is only a place in the thread to find the strand by.
    private static final class RealStrand implements Strand, Thread.UncaughtExceptionHandler {
        private final Thread thread;

        /// Written by the thread alone.
        private int yields;

        RealStrand(Thread thread) {
            this.thread = thread;
        }

        RealStrand(Thread.Builder builder, Runnable body) {
            thread = builder.uncaughtExceptionHandler(this).unstarted(body);
        }

        @Override
        public void uncaughtException(Thread thread, Throwable failure) {
            thread.getThreadGroup().uncaughtException(thread, failure);
        }

        @Override
        public String name() {
            return thread.getName();
        }

        @Override
        public boolean isAlive() {
            return thread.isAlive();
        }

        @Override
        public StackTraceElement[] stackTrace() {
            return thread.getStackTrace();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RealStrand strand && strand.thread.equals(thread);
        }

        @Override
        public int hashCode() {
            return thread.hashCode();
        }

        @Override
        public String toString() {
            String name = thread.getName();
            return name.isEmpty() ? "#" + thread.threadId() : name;
        }
    }
}
