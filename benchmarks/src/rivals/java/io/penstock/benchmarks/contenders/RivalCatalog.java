// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.contenders;

import io.penstock.benchmarks.contenders.Requests.Terms;
import io.penstock.benchmarks.rivals.Aim;
import io.penstock.benchmarks.rivals.Catalog;
import io.penstock.benchmarks.rivals.Contender;
import io.penstock.benchmarks.rivals.Variant;
import io.penstock.benchmarks.rivals.Workload;
import java.util.ArrayList;
import java.util.List;

/// Libraries of others, and the JDK's preview of structured concurrency.
public final class RivalCatalog implements Catalog {
    private static final String PREVIEW =
            "io.penstock.benchmarks.contenders.StructuredRequests";

    private final List<Variant> variants = new ArrayList<>();

    /// For [java.util.ServiceLoader].
    public RivalCatalog() {
        addQueues();
        addStages();
        variants.add(openLoop(Workload.OPEN_100K, 100_000));
        variants.add(openLoop(Workload.OPEN_500K, 500_000));
        addRequests(Workload.REQUESTS_10K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_100K, Terms.ANSWERING);
        addRequests(Workload.REQUESTS_1_FIRING, Terms.hanging(100));
        addRequests(Workload.REQUESTS_50_FIRING, Terms.hanging(2));
        addRequests(Workload.REQUESTS_HEAP, Terms.PENDING);
    }

    private void addQueues() {
        Workload one = Workload.HAND_OFF;
        Variant jctools =
                Variant.of(one, "JCTools SPSC", () -> new JctoolsHandOff(Kind.PLATFORM, false));
        variants.add(jctools);
        variants.add(jctools.old());
        variants.add(
                Variant.of(
                        one,
                        "JCTools SPSC, drained",
                        () -> new JctoolsHandOff(Kind.PLATFORM, true)));
        variants.add(
                Variant.of(
                        one,
                        "JCTools SPSC, virtual",
                        () -> new JctoolsHandOff(Kind.VIRTUAL, false)));
        variants.add(
                Variant.of(one, "Kotlin channel", () -> new KotlinHandOff(Kind.PLATFORM)));
        variants.add(
                Variant.of(
                        one, "Kotlin channel, virtual", () -> new KotlinHandOff(Kind.VIRTUAL)));
        variants.add(Variant.of(one, "Jox, virtual", () -> new JoxHandOff(Kind.VIRTUAL)));
        variants.add(
                Variant.of(
                        Workload.FAN_OUT,
                        "JCTools MPMC, drained",
                        () -> new JctoolsFanOut(Kind.PLATFORM)));
    }

    private void addStages() {
        Variant reactor = Variant.of(Workload.FUSED, "Reactor", ReactorStages::new);
        Variant rx = Variant.of(Workload.FUSED, "RxJava", RxStages::new);
        variants.addAll(List.of(reactor, reactor.polluted(), rx, rx.polluted()));
        Workload threads = Workload.THREADS;
        variants.add(Variant.of(threads, "JCTools SPSC by hand", JctoolsStages::new));
        variants.add(Variant.of(threads, "Reactor", ReactorThreads::new));
        variants.add(Variant.of(threads, "Disruptor chain", () -> new DisruptorStages(true)));
        variants.add(
                Variant.of(threads, "Disruptor, two threads", () -> new DisruptorStages(false)));
    }

    private static Variant openLoop(Workload workload, long perSecond) {
        return Variant.of(
                workload, "Disruptor, yielding", () -> new DisruptorOpenLoop(perSecond));
    }

    private void addRequests(Workload workload, Terms terms) {
        variants.add(
                Variant.of(workload, "Kotlin withTimeout", () -> new KotlinRequests(terms)));
        variants.add(
                Variant.of(workload, "StructuredTaskScope", () -> structured(terms))
                        .jvm("--enable-preview"));
    }

    /// Its class can be loaded only where previews are enabled.
    private static Contender structured(Terms terms) throws ReflectiveOperationException {
        return Class.forName(PREVIEW)
                .asSubclass(Contender.class)
                .getDeclaredConstructor(Terms.class)
                .newInstance(terms);
    }

    @Override
    public List<Variant> variants() {
        return List.copyOf(variants);
    }

    @Override
    public List<Aim> aims() {
        return List.of();
    }
}
