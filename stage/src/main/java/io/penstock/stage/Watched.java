// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Strand;
import org.jspecify.annotations.Nullable;

/// Something whose strand can be watched for an item that takes too long. For any strand.
public interface Watched {
    /// The strand; null before it has begun.
    @Nullable Strand strand();

    /// Whether it is working, or waiting for room, and not for input.
    boolean isAtWork();

    /// Changes with each item, or, as long as nobody has asked to [#follow], with some quick ones.
    long progress();

    /// Asks that the progress change with each item from now on, until the end.
    ///
    /// @return whether it has done so already, or was asked before
    default boolean follow() {
        return true;
    }
}
