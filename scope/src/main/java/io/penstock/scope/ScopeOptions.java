// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import io.penstock.channel.Scheduler;
import io.penstock.channel.StrandKind;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How a [Scope] works. What is not said is inherited from the scope around it (scheduler, strand
/// kind, deadlines, context, grace, what to do about the stuck) or has the stated default. The
/// deadline is the earlier of the two. Immutable: each method gives new options.
public final class ScopeOptions implements Cloneable {
    /// Everything inherited or default.
    public static final ScopeOptions DEFAULT = new ScopeOptions();

    /// How long a cancelled scope waits before it reports who is stuck, by default.
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);

    private @Nullable Scheduler scheduler;
    private @Nullable StrandKind kind;
    private @Nullable Deadlines deadlines;
    private @Nullable StrandKind deadlineKind;
    private @Nullable Duration grace;
    private @Nullable WhenStuck whenStuck;
    private @Nullable Consumer<StuckReport> onStuck;
    private @Nullable Duration timeout;
    private long deadlineNs = Scheduler.NO_DEADLINE;
    private int concurrency = Integer.MAX_VALUE;
    private Context context = Context.EMPTY;
    private List<ScopedValue<?>> carried = List.of();

    private ScopeOptions() {}

    /// [#DEFAULT] with a timeout.
    public static ScopeOptions within(Duration timeout) {
        return DEFAULT.timeout(timeout);
    }

    /// [#DEFAULT] on a scheduler.
    public static ScopeOptions on(Scheduler scheduler) {
        return DEFAULT.scheduler(scheduler);
    }

    /// The scheduler; by default that of the machine. That of a nested scope must share strands
    /// with that of the scope around it, as all schedulers of the machine do.
    public ScopeOptions scheduler(Scheduler scheduler) {
        ScopeOptions options = copy();
        options.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return options;
    }

    /// The kind of strand that carries a fork; virtual by default.
    public ScopeOptions kind(StrandKind kind) {
        ScopeOptions options = copy();
        options.kind = Objects.requireNonNull(kind, "kind");
        return options;
    }

    /// Time from the opening of the scope after which it is cancelled. When there is none, zero or
    /// negative, it is out of time from the beginning: nothing starts in it.
    public ScopeOptions timeout(Duration timeout) {
        ScopeOptions options = copy();
        options.timeout = Objects.requireNonNull(timeout, "timeout");
        return options;
    }

    /// Elapsed time of the scheduler, in nanoseconds, at which the scope is cancelled; one that has
    /// come when it is opened does so from the beginning.
    public ScopeOptions deadline(long deadlineNs) {
        ScopeOptions options = copy();
        options.deadlineNs = deadlineNs;
        return options;
    }

    /// Deadlines shared with others. By default an outermost scope has its own, from the first
    /// deadline in it to its close.
    public ScopeOptions deadlines(Deadlines deadlines) {
        ScopeOptions options = copy();
        options.deadlines = Objects.requireNonNull(deadlines, "deadlines");
        return options;
    }

    /// The kind of strand that tells the deadlines of an outermost scope where it has its own;
    /// virtual by default. Work that computes on virtual strands can keep all cores from another
    /// virtual one: there a deadline comes in time by a platform strand only.
    public ScopeOptions deadlineKind(StrandKind kind) {
        ScopeOptions options = copy();
        options.deadlineKind = Objects.requireNonNull(kind, "kind");
        return options;
    }

    /// How many of its inputs a gather or race works on at once; all by default. A place is free
    /// again when the work has ended, not when its deadline has come.
    public ScopeOptions concurrency(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException(
                    "concurrency must be positive: concurrency=" + concurrency);
        }
        ScopeOptions options = copy();
        options.concurrency = concurrency;
        return options;
    }

    /// Values for every fork, over those inherited.
    public ScopeOptions context(Context context) {
        ScopeOptions options = copy();
        options.context = Objects.requireNonNull(context, "context");
        return options;
    }

    /// Keys whose values are taken over, at each fork, from the strand that forks; those inherited
    /// too, but for the keys of this scope's own [#context].
    public ScopeOptions carrying(ScopedValue<?>... keys) {
        ScopeOptions options = copy();
        options.carried = List.of(keys);
        return options;
    }

    /// How long a cancelled scope waits before it reports who is stuck; zero: at once.
    public ScopeOptions grace(Duration grace) {
        if (Objects.requireNonNull(grace, "grace").isNegative()) {
            throw new IllegalArgumentException("grace must not be negative: grace=" + grace);
        }
        ScopeOptions options = copy();
        options.grace = grace;
        return options;
    }

    /// What to do about the stuck after the report; [WhenStuck#WAIT] by default.
    public ScopeOptions whenStuck(WhenStuck whenStuck) {
        ScopeOptions options = copy();
        options.whenStuck = Objects.requireNonNull(whenStuck, "whenStuck");
        return options;
    }

    /// Gets the reports of who is stuck, on the strand that closes the scope. By default they are
    /// logged as warnings.
    public ScopeOptions onStuck(Consumer<StuckReport> listener) {
        ScopeOptions options = copy();
        options.onStuck = Objects.requireNonNull(listener, "listener");
        return options;
    }

    /// These options, with what they do not say taken from those around.
    ScopeOptions inherit(ScopeOptions outer) {
        if (scheduler != null
                && outer.scheduler != null
                && !scheduler.origin().equals(outer.scheduler.origin())) {
            throw new IllegalArgumentException(
                    "a nested scope must share the outer's strands: scheduler="
                            + scheduler
                            + " outer="
                            + outer.scheduler);
        }
        ScopeOptions options = copy();
        options.scheduler = scheduler != null ? scheduler : outer.scheduler();
        options.kind = kind != null ? kind : outer.kind;
        options.deadlines = deadlines != null ? deadlines : outer.deadlines;
        options.deadlineKind = deadlineKind != null ? deadlineKind : outer.deadlineKind;
        options.grace = grace != null ? grace : outer.grace;
        options.whenStuck = whenStuck != null ? whenStuck : outer.whenStuck;
        options.onStuck = onStuck != null ? onStuck : outer.onStuck;
        if (!outer.carried.isEmpty()) {
            List<ScopedValue<?>> both = new ArrayList<>(outer.carried);
            both.removeIf(key -> context.find(key).isPresent()); // said here, for all forks
            both.addAll(carried);
            options.carried = List.copyOf(both);
        }
        return options;
    }

    Scheduler scheduler() {
        return scheduler != null ? scheduler : Scheduler.real();
    }

    StrandKind kind() {
        return kind != null ? kind : StrandKind.VIRTUAL;
    }

    @Nullable Deadlines deadlines() {
        return deadlines;
    }

    StrandKind deadlineKind() {
        return deadlineKind != null ? deadlineKind : StrandKind.VIRTUAL;
    }

    Duration grace() {
        return grace != null ? grace : DEFAULT_GRACE;
    }

    WhenStuck whenStuck() {
        return whenStuck != null ? whenStuck : WhenStuck.WAIT;
    }

    Consumer<StuckReport> onStuck() {
        return onStuck != null ? onStuck : ScopeOptions::log;
    }

    int concurrency() {
        return concurrency;
    }

    Context context() {
        return context;
    }

    List<ScopedValue<?>> carried() {
        return carried;
    }

    /// The earlier of deadline and timeout, for a scope opened now.
    long deadlineNs() {
        return timeout == null
                ? deadlineNs
                : Scheduler.earlier(deadlineNs, after(scheduler(), timeout));
    }

    /// The point in time that is `timeout` from now.
    static long after(Scheduler scheduler, Duration timeout) {
        return Scheduler.after(scheduler.nanoTime(), timeout);
    }

    private static void log(StuckReport report) {
        System.getLogger(Scope.class.getName()).log(Level.WARNING, report::describe);
    }

    private ScopeOptions copy() {
        try {
            return (ScopeOptions) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("options can be cloned", e);
        }
    }
}
