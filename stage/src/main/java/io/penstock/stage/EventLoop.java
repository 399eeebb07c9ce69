// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Several groups on one strand, none of which may block: takes turns between those that have
/// something to do and rests when none has.
///
/// A group whose outlet is full does not wait for it: the groups of this loop that lie behind that
/// outlet get their turns meanwhile, for the room may have to come from them. Those before it do
/// not, so that no group is entered twice.
public final class EventLoop implements Watched {
    /// Rounds from one look at the clock, for what the strand has used, to the next.
    private static final int CLOCK_EVERY = 64;

    private final String name;
    private final Scheduler scheduler;
    private final Ending ending;
    private final Bell bell;
    private final List<Group> groups = new ArrayList<>();
    private final Map<Group, List<Group>> behind = new HashMap<>();
    private int rounds;
    private final UsageMeter usage;
    private volatile boolean isAtWork;

    public EventLoop(String name, Scheduler scheduler, Ending ending) {
        this.name = name;
        this.scheduler = scheduler;
        this.ending = ending;
        bell = new Bell(scheduler);
        usage = new UsageMeter(scheduler);
    }

    /// Name of the loop.
    public String name() {
        return name;
    }

    /// Adds a group. Before the run, each group after those of the loop that feed it.
    ///
    /// @param before groups of this loop from which items come to it, by whatever way
    public void add(Group group, List<Group> before) {
        groups.add(group);
        behind.put(group, new ArrayList<>());
        for (Group feeding : before) {
            behind.computeIfAbsent(feeding, _ -> new ArrayList<>()).add(group);
        }
    }

    /// Says that something may have come for one of the groups, or that there may be room behind
    /// one. For any strand.
    public void ring() {
        bell.ring();
    }

    /// Runs on a strand of its own until all groups are over. Never throws.
    public void run() {
        bell.adopt();
        try {
            groups.forEach(Group::begin);
            isAtWork = true;
            while (!isOver()) {
                if (!turns(groups)) {
                    long restNs = rest(groups, () -> anyReady(groups));
                    groups.forEach(group -> group.rested(restNs));
                } else if (++rounds % CLOCK_EVERY == 0) {
                    usage.passes(scheduler.nanoTime());
                }
            }
        } catch (ChainStopped e) {
            // The failure has been told.
        } catch (Throwable e) { // an error of the loop itself, or of the machine
            ending.fail(name, null, e);
        } finally {
            isAtWork = false;
            groups.forEach(Group::leave);
            usage.read();
        }
    }

    private boolean isOver() {
        for (Group group : groups) {
            if (!group.isOver()) {
                return false;
            }
        }
        return true;
    }

    /// Lets the groups behind a blocked one work until there is room.
    ///
    /// @return false when the run is over or the strand was interrupted
    boolean awaitRoom(Group blocked, BooleanSupplier room) {
        List<Group> others = behind.getOrDefault(blocked, List.of());
        long sinceNs = scheduler.nanoTime();
        long restNs = 0;
        boolean isThere = false;
        while (!isThere && !ending.isStopping() && !scheduler.isInterrupted()) {
            if (!room.getAsBoolean() && !turns(others)) {
                restNs += rest(others, () -> room.getAsBoolean() || anyReady(others));
            }
            isThere = room.getAsBoolean();
        }
        blocked.blocked(scheduler.nanoTime() - sinceNs, restNs);
        return isThere;
    }

    private static boolean turns(List<Group> some) {
        boolean worked = false;
        for (Group group : some) {
            if (!group.isOver()) {
                group.interrupted();
                worked |= group.turn() > 0 || group.isOver();
            }
        }
        return worked;
    }

    /// @return how long
    private long rest(List<Group> some, BooleanSupplier ready) {
        long sinceNs = scheduler.nanoTime();
        long deadlineNs = Scheduler.NO_DEADLINE;
        for (Group group : some) {
            deadlineNs = Scheduler.earlier(deadlineNs, group.deadlineNs());
        }
        isAtWork = false;
        bell.await(() -> ending.isStopping() || ready.getAsBoolean(), deadlineNs);
        isAtWork = true;
        if (scheduler.isInterrupted() && !ending.isStopping()) {
            ending.fail(name, null, new InterruptedException("interrupted: loop=" + name));
        }
        return scheduler.nanoTime() - sinceNs;
    }

    private static boolean anyReady(List<Group> some) {
        for (Group group : some) {
            if (!group.isOver() && group.isReady()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Strand strand() {
        return bell.owner();
    }

    @Override
    public boolean isAtWork() {
        return isAtWork;
    }

    @Override
    public long progress() {
        long progress = 0;
        for (Group group : groups) {
            progress += group.progress();
        }
        return progress;
    }

    /// What its strand has used since its start, for all its groups.
    public StrandUsage usage() {
        return usage.latest();
    }

    /// Its groups.
    public List<Group> groups() {
        return List.copyOf(groups);
    }
}
