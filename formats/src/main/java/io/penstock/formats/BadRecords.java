// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.DataException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of one pass that could not be used. Confined to the reading strand.
final class BadRecords {
    /// Of so many records the places are kept; the others are only counted.
    static final int KEPT = 5;

    private final BadRecordPolicy policy;
    private final List<String> first = new ArrayList<>();
    private long count;
    private @Nullable DataException sinkFailure;
    private @Nullable String cutShort;

    BadRecords(BadRecordPolicy policy) {
        this.policy = policy;
    }

    /// The sink, with its own failures kept apart: they are no bad records, whatever the policy.
    SlotSink guard(SlotSink sink) {
        return (segment, offset) -> {
            try {
                sink.accept(segment, offset);
            } catch (DataException e) {
                sinkFailure = e;
                throw e;
            }
        };
    }

    /// Counts the record, or throws what is wrong with it when the policy says so.
    void add(DataException problem) {
        if (policy == BadRecordPolicy.FAIL || problem == sinkFailure) {
            throw problem;
        }
        count++;
        if (first.size() < KEPT) {
            first.add(String.valueOf(problem.getMessage()));
        }
    }

    /// The same with a record at which its file ends before its time.
    void addCut(DataException problem) {
        add(problem);
        if (cutShort == null) {
            cutShort = String.valueOf(problem.getMessage());
        }
    }

    /// Adds the problem as what it is to the file in which it was found.
    void add(DataException problem, LineReader lines) {
        if (lines.isCut()) {
            addCut(problem);
        } else {
            add(problem);
        }
    }

    /// How the first file that ends before its time does so; null when none does.
    @Nullable String cutShort() {
        return cutShort;
    }

    long count() {
        return count;
    }

    /// What is wrong with the first few, each with its place.
    List<String> first() {
        return List.copyOf(first);
    }
}
