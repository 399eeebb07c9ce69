// SPDX-License-Identifier: Apache-2.0

import io.penstock.channel.Mutex;
import io.penstock.channel.Scheduler;
import io.penstock.channel.Strand;
import io.penstock.channel.StrandKind;
import io.penstock.simulation.SimulatedScheduler;
import io.penstock.simulation.Simulation;

/// Transfers between two accounts, each with a lock. Broken: a transfer locks the account that it
/// takes from first, so two transfers in opposite directions can wait for each other for ever.
/// Fixed: the locks are taken in the order of the accounts.
public final class LockOrder {
    private LockOrder() {}

    public static void broken(SimulatedScheduler scheduler) {
        Account left = new Account(1, scheduler);
        Account right = new Account(2, scheduler);
        atOnce(scheduler, () -> move(left, right), () -> move(right, left));
    }

    public static void fixed(SimulatedScheduler scheduler) {
        Account left = new Account(1, scheduler);
        Account right = new Account(2, scheduler);
        atOnce(scheduler, () -> moveInOrder(left, right), () -> moveInOrder(right, left));
    }

    private static void move(Account from, Account to) {
        lock(from.mutex);
        lock(to.mutex);
        from.balance--;
        to.balance++;
        to.mutex.unlock();
        from.mutex.unlock();
    }

    private static void moveInOrder(Account from, Account to) {
        Account first = from.number < to.number ? from : to;
        Account second = first == from ? to : from;
        lock(first.mutex);
        lock(second.mutex);
        from.balance--;
        to.balance++;
        second.mutex.unlock();
        first.mutex.unlock();
    }

    private static void lock(Mutex mutex) {
        try {
            mutex.lock();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }

    private static final class Account {
        private final int number;
        private final Mutex mutex;
        private long balance = 100;

        Account(int number, Scheduler scheduler) {
            this.number = number;
            mutex = new Mutex("account " + number, scheduler);
        }
    }

    private static void atOnce(Scheduler scheduler, Runnable one, Runnable two) {
        Strand first = scheduler.start("one", StrandKind.VIRTUAL, one);
        Strand second = scheduler.start("two", StrandKind.VIRTUAL, two);
        scheduler.join(first, Scheduler.NO_DEADLINE);
        scheduler.join(second, Scheduler.NO_DEADLINE);
    }

    public static void main(String[] args) {
        Simulation.of(LockOrder::fixed).everyOperation().exhaustive(2).check();
        Simulation.of(LockOrder::broken)
                .named("LockOrder")
                .everyOperation()
                .seeds(5_000)
                .explore()
                .failure()
                .ifPresent(System.out::println);
    }
}
