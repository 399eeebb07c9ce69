// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// For tests that judge what they have measured on this machine: one that fails while others use
/// the processors too is run again, a few times, with all that it claims. It fails for good when it
/// fails and nobody disturbed it, and is aborted, which is not passed, when it was disturbed each
/// time.
final class RetriedWhenDisturbed
        implements BeforeTestExecutionCallback, TestExecutionExceptionHandler {
    private static final Path STATISTICS = Path.of("/proc/stat");
    private static final int TRIES = 8;

    /// A tenth of the machine is more than what always runs.
    private static final double DISTURBING = 0.1;

    private final Supplier<Usage> meter;
    private Usage before;

    /// Asks this machine, if it tells.
    RetriedWhenDisturbed() {
        this(RetriedWhenDisturbed::read);
    }

    RetriedWhenDisturbed(Supplier<Usage> meter) {
        this.meter = meter;
        before = meter.get();
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        before = meter.get();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        handle(
                () -> {
                    try {
                        context.getRequiredTestMethod().invoke(context.getRequiredTestInstance());
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                },
                failure);
    }

    /// Runs the test again as long as that is of use.
    void handle(Test again, Throwable failure) throws Throwable {
        Throwable last = failure;
        for (int tried = 1; last != null; tried++) {
            double foreign = meter.get().foreignSince(before);
            if (!(last instanceof AssertionError) || foreign < DISTURBING) {
                throw last;
            }
            if (tried == TRIES) {
                Assumptions.abort(
                        String.format(
                                Locale.ROOT,
                                "others used %.0f %% of the machine, and so in each of %d tries:"
                                        + " %s",
                                100 * foreign,
                                TRIES,
                                last.getMessage()));
            }
            last = failureOf(again);
        }
    }

    private Throwable failureOf(Test test) {
        before = meter.get();
        try {
            test.run();
            return null;
        } catch (Throwable e) { // told to JUnit, or tried again
            return e;
        }
    }

    /// A test that is run once more.
    interface Test {
        void run() throws Throwable;
    }

    /// What was used until now, by all processors.
    ///
    /// @param busy of the machine, by anybody, and by other machines on the same hardware
    /// @param all of the machine, busy or not
    /// @param own by this process
    record Usage(long busy, long all, long own) {
        /// The part of the machine that others have used since `earlier`.
        double foreignSince(Usage earlier) {
            long passed = all - earlier.all;
            return passed <= 0 ? 0 : (busy - earlier.busy - (own - earlier.own)) / (double) passed;
        }

        /// From the first line of the kernel's statistics: user, nice, system, idle, waiting for
        /// input or output, two kinds of interrupts, stolen; in hundredths of a second.
        static Usage parse(String line, long ownNs) {
            String[] fields = line.split(" +", -1);
            long all = 0;
            for (int i = 1; i <= 8; i++) {
                all += Long.parseLong(fields[i]);
            }
            long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
            return new Usage(all - idle, all, TimeUnit.NANOSECONDS.toMillis(ownNs) / 10);
        }
    }

    private static Usage read() {
        if (!Files.isReadable(STATISTICS)
                || !(ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean system)) {
            return new Usage(0, 0, 0);
        }
        try {
            return Usage.parse(
                    Files.readAllLines(STATISTICS).getFirst(), system.getProcessCpuTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
