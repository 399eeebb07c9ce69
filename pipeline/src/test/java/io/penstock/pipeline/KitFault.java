// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// A fault that is planted in a class of the kit itself: one call in one method is left out, and
/// its result, if it has one, is taken for granted.
enum KitFault {
    DOUBLE_CLAIM(
            "a receiver takes an item without claiming it",
            new Place("channel.SharedChannel", "claim", "headMoves", 1),
            Operation.PARALLEL_SINK,
            Model.VIRTUAL_3_UNORDERED,
            Trouble.NONE),
    NOT_ARMED(
            "a strand parks without having said that it waits",
            new Place("channel.Gate", "parkUntilProgress", "arm", 0),
            Operation.BUFFER,
            Model.VIRTUAL,
            Trouble.FULL_EDGE),
    WOKEN_WITHOUT_PERMIT(
            "whoever has waited longest is taken off the list and not woken",
            new Place("channel.Waiters", "wakeFirst", "unpark", 0),
            Operation.CONFLATE,
            Model.VIRTUAL_3_UNORDERED,
            Trouble.NONE),
    END_WAKES_NOBODY(
            "the end of a channel wakes none of those who wait",
            new Place("channel.Waiters", "wakeAll", "forEach", 0),
            Operation.PARALLEL_SINK,
            Model.VIRTUAL_3_UNORDERED,
            Trouble.NONE),
    MERGED_UNCOUNTED(
            "an item that is merged into another is not counted",
            new Place("channel.ConflatingChannel", "addOrMerge", "addPassedBy", 0),
            Operation.CONFLATE,
            Model.VIRTUAL,
            Trouble.FULL_EDGE),
    CLAIMED_TWICE(
            "a worker of the slot ring takes items without claiming them",
            new Place("stage.SharedIntake", "claim", "compareAndSet", 1),
            Operation.MAP,
            Model.VIRTUAL_3,
            Trouble.NONE),
    NO_WINDOW_TOLD(
            "the collector frees the window and does not tell the producer",
            new Place("stage.SlotRing", "drain", "tellProducerOfRoom", 0),
            Operation.MAP,
            Model.VIRTUAL_3,
            Trouble.FULL_EDGE),
    RING_FAILURE_UNTOLD(
            "the failure of a worker is not reported",
            new Place("stage.SlotEnds", "failed", "report", 0),
            Operation.MAP,
            Model.VIRTUAL_3_UNORDERED,
            Trouble.THROW),
    LOST_UNTOLD(
            "items that are lost in a slot ring are told to nobody",
            new Place("stage.SlotEnds", "lost", "accept", 0),
            Operation.MAP,
            Model.VIRTUAL_3,
            Trouble.CANCEL),
    BATCH_ABANDONED(
            "the batch that is being filled is forgotten when the run stops",
            new Place("stage.Group", "leave", "abandon", 0),
            Operation.BATCH,
            Model.PLATFORM,
            Trouble.THROW),
    END_UNTOLD(
            "a group that has finished does not end the edges behind it",
            new Place("stage.Group", "finish", "done", 0),
            Operation.MAP,
            Model.PLATFORM,
            Trouble.NONE),
    STRAY_INTERRUPT(
            "a source that was stopped keeps the interrupt that was meant for its wait",
            new Place("stage.StrandGuard", "end", "clearInterrupt", 0),
            Operation.MAP,
            Model.FUSED,
            Trouble.DRAIN),
    DEADLINE_ASLEEP(
            "a deadline is armed and the strand of the deadlines is not started",
            new Place("scope.Deadlines", "arm", "wake", 0),
            Operation.MAP,
            Model.VIRTUAL_3,
            Trouble.DEADLINE),
    STOP_UNSEEN(
            "a stopped run does not interrupt its strands",
            new Place("pipeline.Run", "stopping", "interruptAll", 0),
            Operation.MAP,
            Model.PLATFORM,
            Trouble.CANCEL),
    END_UNSEEN(
            "the last strand of a run does not wake who waits for its end",
            new Place("pipeline.Strands", "oneEnded", "wakeWaiting", 0),
            Operation.MAP,
            Model.PLATFORM,
            Trouble.NONE);

    /// Where a call is left out.
    ///
    /// @param type the class, without `io.penstock.`
    /// @param method in which the call is left out
    /// @param call name of what is called
    /// @param result what a call that returns a number or a truth seems to return
    record Place(String type, String method, String call, int result) {
        String className() {
            return "io.penstock." + type;
        }
    }

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // a record of words and a number
    private final Place place;

    private final Operation operation;
    private final Model model;
    private final Trouble trouble;

    KitFault(String words, Place place, Operation operation, Model model, Trouble trouble) {
        this.words = words;
        this.place = place;
        this.operation = operation;
        this.model = model;
        this.trouble = trouble;
    }

    Place place() {
        return place;
    }

    /// The entry of the conformance suite that shows it.
    ConformanceEntry entry() {
        return new ConformanceEntry(null, operation, model, trouble);
    }

    /// In words.
    @Override
    public String toString() {
        return words;
    }
}
