// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import static io.penstock.benchmarks.rivals.Aim.atMost;
import static io.penstock.benchmarks.rivals.Aim.faster;

import io.penstock.benchmarks.contenders.Requests.Terms;
import io.penstock.benchmarks.rivals.Aim;
import io.penstock.benchmarks.rivals.Catalog;
import io.penstock.benchmarks.rivals.Variant;
import io.penstock.benchmarks.rivals.Workload;
import java.util.ArrayList;
import java.util.List;

/// The kit, and what it shall reach.
public final class PenstockCatalog implements Catalog {
    private static final String SCOPE = "penstock scope";

    private final List<Variant> variants = new ArrayList<>();

    /// For [Catalog#all].
    public PenstockCatalog() {
        addRequests(Workload.REQUESTS_10K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_100K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_1_FIRING, Terms.hanging(100));
        addRequests(Workload.REQUESTS_50_FIRING, Terms.hanging(2));
        addRequests(Workload.REQUESTS_HEAP, Terms.PENDING);
    }

    private void addRequests(Workload workload, Terms terms) {
        variants.add(Variant.of(workload, SCOPE, () -> new ScopeRequests(terms)));
    }

    @Override
    public List<Variant> variants() {
        return List.copyOf(variants);
    }

    @Override
    public List<Aim> aims() {
        return List.of(
                atMost(Workload.REQUESTS_10K, SCOPE, "CompletableFuture", 2),
                faster(Workload.REQUESTS_10K, SCOPE, "asyncio.wait_for", 9),
                atMost(Workload.REQUESTS_100K, SCOPE, "CompletableFuture", 1.1),
                atMost(Workload.REQUESTS_100K, SCOPE, "Kotlin withTimeout", 0.4),
                atMost(Workload.REQUESTS_100K, SCOPE, "StructuredTaskScope", 0.3));
    }
}
