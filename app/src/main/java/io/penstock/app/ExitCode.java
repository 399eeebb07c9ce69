// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

/// What the process tells the shell.
final class ExitCode {
    /// Everything was done.
    static final int DONE = 0;

    /// The run failed or is partial, or a check found something.
    static final int FAILED = 1;

    /// The command line or a setting is wrong; nothing was run.
    static final int USAGE = 2;

    /// The data cannot be used.
    static final int BAD_DATA = 3;

    /// Stopped by Ctrl-C, as shells have it: 128 + signal 2.
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
