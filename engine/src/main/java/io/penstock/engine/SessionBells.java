// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.channel.Scheduler;
import io.penstock.stage.Bell;
import java.util.List;
import java.util.stream.Stream;

/// Where the stages of a session wait that serve several edges.
record SessionBells(List<Bell> workers, Bell oms, Bell venue) {
    static SessionBells of(int workers, Scheduler scheduler) {
        return new SessionBells(
                Stream.generate(() -> new Bell(scheduler)).limit(workers).toList(),
                new Bell(scheduler),
                new Bell(scheduler));
    }
}
