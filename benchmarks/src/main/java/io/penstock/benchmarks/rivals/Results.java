// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All samples, by variant and round. Confined to one thread.
final class Results {
    private final Map<String, Map<Integer, List<Sample>>> samples = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    /// A figure and whether other load may have bent it.
    record Figure(Spread spread, int clean, int all) {
        /// Where nothing was clean, unclean samples stand in, and this tells.
        boolean isClean() {
            return clean > 0;
        }

        boolean isMissing() {
            return all == 0;
        }
    }

    void add(Variant variant, int round, List<Sample> taken) {
        samples.computeIfAbsent(variant.id(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(round, _ -> new ArrayList<>())
                .addAll(taken);
    }

    void addFailure(Variant variant, String what) {
        failures.put(variant.id(), what);
    }

    Map<String, String> failures() {
        return failures;
    }

    Map<Integer, List<Sample>> rounds(Variant variant) {
        return samples.getOrDefault(variant.id(), Map.of());
    }

    /// The values of a variant over all rounds.
    Figure values(Variant variant) {
        return figure(all(variant));
    }

    /// The median of a detail over the samples that count; NaN where there is none.
    double detail(Variant variant, String name) {
        return Spread.of(
                        counted(all(variant)).stream()
                                .map(s -> s.details().getOrDefault(name, Double.NaN))
                                .toList())
                .median();
    }

    private List<Sample> all(Variant variant) {
        return rounds(variant).values().stream().flatMap(List::stream).toList();
    }

    /// One ratio a round, of the medians of that round. Rounds that are clean on both sides count;
    /// where there is none, all do.
    Figure ratios(Variant ours, Variant rival, Aim aim) {
        List<Double> clean = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        rounds(ours)
                .forEach(
                        (round, oursSamples) -> {
                            List<Sample> rivals = rounds(rival).getOrDefault(round, List.of());
                            if (oursSamples.isEmpty() || rivals.isEmpty()) {
                                return;
                            }
                            Figure a = figure(oursSamples);
                            Figure b = figure(rivals);
                            double ratio = aim.ratio(a.spread().median(), b.spread().median());
                            all.add(ratio);
                            if (a.isClean() && b.isClean()) {
                                clean.add(ratio);
                            }
                        });
        return new Figure(Spread.of(clean.isEmpty() ? all : clean), clean.size(), all.size());
    }

    private static Figure figure(List<Sample> taken) {
        int clean = (int) taken.stream().filter(Sample::isClean).count();
        List<Double> values = counted(taken).stream().map(Sample::value).toList();
        return new Figure(Spread.of(values), clean, taken.size());
    }

    /// The clean ones; all where none is.
    private static List<Sample> counted(List<Sample> taken) {
        List<Sample> clean = taken.stream().filter(Sample::isClean).toList();
        return clean.isEmpty() ? taken : clean;
    }
}
