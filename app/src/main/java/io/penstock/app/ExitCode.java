// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

/// What the process tells the shell. `penstock --help` and the README say the same.
final class ExitCode {
    /// Everything was done.
    static final int DONE = 0;

    /// The run is partial, a check found something, or a result cannot be written.
    static final int FAILED = 1;

    /// The command line or a setting is wrong; nothing was run.
    static final int USAGE = 2;

    /// The data cannot be used.
    static final int BAD_DATA = 3;

    /// The strategy: it is missing, does not compile, failed, or a callback did not return.
    static final int STRATEGY = 4;

    /// Stopped by Ctrl-C, as shells have it: 128 + signal 2.
    static final int INTERRUPTED = 130;

    /// All of them for people, a line each.
    static final String[] HELP = {
        "Exit codes:",
        "    0  done",
        "    1  the run is partial, a check found something, or output cannot be written",
        "    2  the command line or a setting is wrong; nothing was run",
        "    3  the data cannot be used",
        "    4  the strategy is missing, does not compile, failed or did not return",
        "  130  stopped by Ctrl-C"
    };

    private ExitCode() {}
}
