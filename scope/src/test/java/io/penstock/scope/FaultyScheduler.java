// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scheduler that has no strand for some names and whose strands break at some parks.
final class FaultyScheduler extends ForwardingScheduler {
    /// What has no strand.
    String refused = "nothing";

    /// Strands of this name break at their next park, once.
    String broken = "nothing";

    /// What they break by, if not by an ordinary exception.
    @Nullable Error brokenBy;

    /// What ended strands before their time.
    final List<Throwable> failures = new ArrayList<>();

    FaultyScheduler(Scheduler sound) {
        super(sound);
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        if (name.endsWith(refused)) {
            throw new IllegalStateException("no strand for " + name);
        }
        return super.start(
                name,
                kind,
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        failures.add(e);
                    }
                });
    }

    @Override
    public void park(Object blocker, long deadlineNs) {
        if (current().name().endsWith(broken)) {
            broken = "nothing";
            if (brokenBy != null) {
                throw brokenBy;
            }
            throw new IllegalStateException("broke in " + current().name());
        }
        super.park(blocker, deadlineNs);
    }
}
