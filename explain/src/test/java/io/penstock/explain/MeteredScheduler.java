// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.channel.ForwardingScheduler;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.channel.StrandUsage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A simulated scheduler that tells strands what they have used as that of the machine does: a
/// platform strand what was charged to it, a virtual one nothing. Confined to the strands of one
/// simulation, of which one runs at a time.
final class MeteredScheduler extends ForwardingScheduler {
    private final Set<Strand> virtual = new HashSet<>();
    private final Map<Strand, StrandUsage> used = new HashMap<>();

    MeteredScheduler(Scheduler real) {
        super(real);
    }

    /// Charges the calling strand.
    void charge(long cpuNs, long runQueueNs, long bytes) {
        used.merge(
                current(),
                new StrandUsage(cpuNs, runQueueNs, bytes),
                (one, more) ->
                        new StrandUsage(
                                one.cpuNs() + more.cpuNs(),
                                one.runQueueNs() + more.runQueueNs(),
                                one.allocatedBytes() + more.allocatedBytes()));
    }

    @Override
    public StrandUsage usage() {
        Strand self = current();
        return virtual.contains(self)
                ? StrandUsage.UNKNOWN
                : used.getOrDefault(self, new StrandUsage(0, 0, 0));
    }

    @Override
    public Strand start(String name, StrandKind kind, Runnable body) {
        return super.start(
                name,
                kind,
                () -> {
                    if (kind == StrandKind.VIRTUAL) {
                        virtual.add(current());
                    }
                    body.run();
                });
    }
}
