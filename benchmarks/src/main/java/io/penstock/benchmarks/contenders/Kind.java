// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

/// What threads a contender runs on.
enum Kind {
    PLATFORM,
    VIRTUAL;

    Thread start(Runnable body) {
        return this == VIRTUAL ? Thread.ofVirtual().start(body) : Thread.ofPlatform().start(body);
    }
}
