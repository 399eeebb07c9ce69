// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.Cell;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;

/// A mailbox of one letter. Broken: the reader looks for a letter, then says that it waits, then
/// parks; a letter that comes between the first two wakes nobody. Fixed: it says so first, and then
/// looks.
public final class LostWakeUp {
    private LostWakeUp() {}

    public static void broken(SimulatedScheduler scheduler) {
        Mailbox mailbox = new Mailbox(scheduler);
        Strand reader =
                scheduler.start(
                        "reader",
                        StrandKind.VIRTUAL,
                        () -> {
                            while (mailbox.letter.get().isEmpty()) {
                                mailbox.waiting.set(scheduler.current());
                                scheduler.park(mailbox, Scheduler.NO_DEADLINE);
                            }
                        });
        mailbox.put("letter");
        scheduler.join(reader, Scheduler.NO_DEADLINE);
    }

    public static void fixed(SimulatedScheduler scheduler) {
        Mailbox mailbox = new Mailbox(scheduler);
        Strand reader =
                scheduler.start(
                        "reader",
                        StrandKind.VIRTUAL,
                        () -> {
                            mailbox.waiting.set(scheduler.current());
                            while (mailbox.letter.get().isEmpty()) {
                                scheduler.park(mailbox, Scheduler.NO_DEADLINE);
                            }
                        });
        mailbox.put("letter");
        scheduler.join(reader, Scheduler.NO_DEADLINE);
    }

    private static final class Mailbox {
        private final Scheduler scheduler;
        private final Cell<String> letter;
        private final Cell<Strand> waiting;
        private final Strand nobody;

        Mailbox(Scheduler scheduler) {
            this.scheduler = scheduler;
            nobody = scheduler.current();
            letter = new Cell<>("letter", "", scheduler);
            waiting = new Cell<>("waiting", nobody, scheduler);
        }

        void put(String text) {
            letter.set(text);
            Strand reader = waiting.get();
            if (reader != nobody) {
                scheduler.unpark(reader);
            }
        }

        @Override
        public String toString() {
            return "mailbox";
        }
    }

    public static void main(String[] args) {
        Simulation.of(LostWakeUp::fixed).everyOperation().exhaustive(2).check();
        Simulation.of(LostWakeUp::broken)
                .named("LostWakeUp")
                .everyOperation()
                .seeds(5_000)
                .explore()
                .failure()
                .ifPresent(System.out::println);
    }
}
