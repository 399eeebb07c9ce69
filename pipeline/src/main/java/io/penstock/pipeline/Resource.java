// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

/// Something of which there is only so much: the connections of a pool, the requests that a service
/// answers at a time. Stages that use it say so ([How#using]); plans ask about those that could use
/// more of it together, and advice never does. It is a declaration: nobody waits for it.
///
/// @param name the same for all stages that share it
/// @param limit most items that may use it at the same time
public record Resource(String name, int limit) {
    public Resource {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a resource must have a name: limit=" + limit);
        }
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "limit must be positive: resource=" + name + ", limit=" + limit);
        }
    }
}
