// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import io.penstock.channel.Scheduler;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A user's function with what its stage asked for in its [Care]: a deadline for each attempt,
/// further attempts, and a policy for items that fail for good. Confined to one strand; an item
/// without trouble allocates nothing.
///
/// An attempt whose time is over is interrupted, and it has failed however it ends; but the strand,
/// and with it the permit of the stage, is busy until it has ended. No interrupt is left over for
/// the next attempt.
final class CarefulStep implements Step {
    private final StageCare stage;
    private final Step function;
    private final int worker;
    private final BooleanSupplier stopped;
    private final Care care;
    private final Scheduler scheduler;
    private final @Nullable ItemWatch watch;
    private @Nullable RandomGenerator random;

    CarefulStep(StageCare stage, Step function, int worker, BooleanSupplier stopped) {
        this.stage = stage;
        this.function = function;
        this.worker = worker;
        this.stopped = stopped;
        care = stage.care();
        scheduler = stage.scheduler();
        Duration time = care.eachWithin();
        watch = time == null ? null : new ItemWatch(stage, time);
    }

    /// @throws Exception the last failure, where the policy is to stop or the item is not wanted
    ///   any more; any error of the function
    @Override
    public Object apply(Object item) throws Exception {
        int failed = 0;
        while (true) {
            Exception cause;
            try {
                return watch == null ? checked(function.apply(item)) : applyInTime(watch, item);
            } catch (Exception e) {
                cause = e;
            }
            failed++;
            if (stopped.getAsBoolean()) {
                throw cause;
            }
            boolean again = failed <= care.retry().times() && backOff(failed);
            if (stopped.getAsBoolean()) {
                throw cause;
            }
            if (!again) {
                return giveUp(item, cause);
            }
            stage.count(StageCare.RETRIED);
        }
    }

    private Object applyInTime(ItemWatch timer, Object item) throws Exception {
        timer.begin(item);
        Object result;
        try {
            result = function.apply(item);
        } catch (Throwable e) { // the watch must end however the attempt does
            if (timer.end() && e instanceof Exception late) {
                throw timedOut(late);
            }
            throw e;
        }
        if (timer.end()) {
            throw timedOut(null);
        }
        return checked(result);
    }

    private Object checked(@Nullable Object result) {
        if (result == null) {
            throw new NullPointerException(
                    "a function must not return null: stage=" + stage.name());
        }
        return result;
    }

    private TimeoutException timedOut(@Nullable Exception late) {
        stage.count(StageCare.TIMED_OUT);
        TimeoutException timeout =
                new TimeoutException(
                        "the time of an item is over: stage="
                                + stage.name()
                                + ", eachWithin="
                                + care.eachWithin());
        if (late != null) {
            timeout.addSuppressed(late);
        }
        return timeout;
    }

    /// Whether the caller is the strand of the attempt.
    boolean isAtWork() {
        return watch == null || watch.isAtWork();
    }

    /// The attempt hands something on, which is not its own work: it is not interrupted meanwhile,
    /// and its time stands still until [#goOn].
    ///
    /// @return whether its time was over already
    boolean leaveOff() {
        return watch != null && watch.pause();
    }

    /// The attempt goes on.
    void goOn() {
        if (watch != null) {
            watch.resume();
        }
    }

    /// Waits before the next attempt.
    ///
    /// @return false when there is to be none: the strand was interrupted (its flag stays set)
    private boolean backOff(int failed) {
        RandomGenerator chance = random;
        if (chance == null) {
            chance = scheduler.random("retry/" + stage.name() + "/" + worker);
            random = chance;
        }
        long delayNs = care.retry().delayNs(failed, chance);
        if (delayNs <= 0) {
            return true;
        }
        long untilNs = scheduler.nanoTime() + delayNs;
        while (untilNs - scheduler.nanoTime() > 0) {
            if (stopped.getAsBoolean() || scheduler.isInterrupted()) {
                return false;
            }
            scheduler.park(this, untilNs);
        }
        return true;
    }

    private Object giveUp(Object item, Exception cause) throws Exception {
        stage.count(StageCare.FAILED);
        switch (care.onFailure()) {
            case OnFailure.Stop() -> throw cause;
            case OnFailure.Skip() -> stage.count(StageCare.SKIPPED);
            case OnFailure.DeadLetter(var letters) -> {
                try {
                    letters.accept(item, cause);
                } catch (RuntimeException | Error e) {
                    if (!e.equals(cause)) {
                        e.addSuppressed(cause);
                    }
                    throw e;
                }
                stage.count(StageCare.DEAD_LETTERED);
            }
        }
        return NOTHING;
    }
}
