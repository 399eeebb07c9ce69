// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.stage.ExecutionModel;
import java.util.Objects;

/// A change of one stage of a [Pipeline], as data: see [Pipeline#with]. Immutable.
public sealed interface Change {
    /// Name of the stage.
    String stage();

    /// Run it on something else. Its order, deadline, retries and failure policy stay.
    ///
    /// @param parallelism items worked on at the same time
    record ToModel(String stage, ExecutionModel model, int parallelism) implements Change {
        public ToModel {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(model, "model");
        }
    }

    /// Give it other room: before it, or inside it where several items are worked on. Also for a
    /// buffer or a merge. Refused where no edge leads to the stage, as to a fused one, for then it
    /// has no room.
    record ToCapacity(String stage, int capacity) implements Change {
        public ToCapacity {
            Objects.requireNonNull(stage, "stage");
        }
    }

    /// Run it in another way altogether.
    record ToHow(String stage, How how) implements Change {
        public ToHow {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(how, "how");
        }
    }

    /// Make its batches end otherwise.
    record ToBatch(String stage, Batch batch) implements Change {
        public ToBatch {
            Objects.requireNonNull(stage, "stage");
            Objects.requireNonNull(batch, "batch");
        }
    }

    /// Run it on something else.
    static Change model(String stage, ExecutionModel model, int parallelism) {
        return new ToModel(stage, model, parallelism);
    }

    /// Give it other room.
    static Change capacity(String stage, int capacity) {
        return new ToCapacity(stage, capacity);
    }

    /// Run it in another way altogether.
    static Change how(String stage, How how) {
        return new ToHow(stage, how);
    }

    /// Make its batches end otherwise.
    static Change batch(String stage, Batch batch) {
        return new ToBatch(stage, batch);
    }
}
