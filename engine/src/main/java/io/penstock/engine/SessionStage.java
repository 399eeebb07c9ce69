// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.EdgeStatistics;
import io.penstock.stage.Bell;
import io.penstock.stage.Group;
import io.penstock.stage.Head;
import io.penstock.stage.Inlet;
import java.util.List;

/// A stage of a [StagedSession] as the inlet of its group: selects the next message of all its
/// edges, and waits for any of them at one bell. What goes down the chain is the stage itself, with
/// the message selected. Confined to its strand.
abstract class SessionStage implements Inlet {
    private final String name;
    private final Bell bell;

    /// @param bell where it waits; those who send to it ring
    SessionStage(String name, Bell bell) {
        this.name = name;
        this.bell = bell;
    }

    /// Name of the stage.
    final String name() {
        return name;
    }

    /// Selects the message that is to be handled next. Asked twice without [#handle] in between, it
    /// may select another one.
    ///
    /// @return false when there is none that can be handled now
    abstract boolean select();

    /// Handles the message that was selected, and takes it off its edge.
    abstract void handle();

    /// The strand ends, for whatever reason: what comes in is not wanted any more, and nothing goes
    /// out. Must not throw.
    abstract void leave();

    /// The accounts of the edges in which this stage waits for room.
    abstract List<EdgeStatistics> outputs();

    @Override
    public final void begin(Group group) {
        bell.adopt();
    }

    @Override
    public final int drain(Head head, int max) {
        int count = 0;
        while (count < max && select()) {
            head.accept(this);
            count++;
        }
        return count;
    }

    @Override
    public final boolean awaitUntil(long deadlineNs) {
        bell.await(this::isReady, deadlineNs);
        return isReady();
    }

    @Override
    public final boolean isReady() {
        return select() || isEnded();
    }

    /// Something has changed that the stage did not read from an edge. For any strand.
    final void ring() {
        bell.ring();
    }
}
