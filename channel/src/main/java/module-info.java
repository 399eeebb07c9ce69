// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/// Bounded hand-offs between threads, their exact accounts, and the scheduler they wait with.
@NullMarked
module io.penstock.channel {
    requires static transitive org.jspecify;
    requires java.management;
    requires jdk.management;

    exports io.penstock.channel;
}
