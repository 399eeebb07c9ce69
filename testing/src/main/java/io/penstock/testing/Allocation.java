// SPDX-License-Identifier: Apache-2.0
package io.penstock.testing;

import java.lang.reflect.Method;

/// Bytes that the current thread has allocated. By reflection, because the module under test has no
/// business to read the management modules.
public final class Allocation {
    private final Object threads;
    private final Method allocatedBytes;

    /// A counter; its thread is whichever asks it.
    public Allocation() throws ReflectiveOperationException {
        threads =
                Class.forName("java.lang.management.ManagementFactory")
                        .getMethod("getThreadMXBean")
                        .invoke(null);
        allocatedBytes =
                Class.forName("com.sun.management.ThreadMXBean")
                        .getMethod("getCurrentThreadAllocatedBytes");
    }

    /// Bytes so far.
    public long bytes() throws ReflectiveOperationException {
        return (Long) allocatedBytes.invoke(threads);
    }
}
