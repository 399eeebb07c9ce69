// SPDX-License-Identifier: Apache-2.0
package io.penstock.benchmarks.rivals;

import java.util.ArrayList;
import java.util.List;

/// Some of the variants and aims.
public interface Catalog {
    /// The catalogs in the order of the tables; one that needs foreign libraries is there only when
    /// it was built, by the profile `rivals`.
    List<String> NAMES =
            List.of(
                    "io.penstock.benchmarks.contenders.PenstockCatalog",
                    "io.penstock.benchmarks.contenders.RivalCatalog",
                    "io.penstock.benchmarks.contenders.StandardCatalog");

    /// What can be measured.
    List<Variant> variants();

    /// What shall be reached.
    List<Aim> aims();

    /// The catalogs that were built.
    static List<Catalog> all() {
        List<Catalog> all = new ArrayList<>();
        for (String name : NAMES) {
            try {
                all.add(
                        Class.forName(name)
                                .asSubclass(Catalog.class)
                                .getDeclaredConstructor()
                                .newInstance());
            } catch (ClassNotFoundException _) {
                // Not built.
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a catalog can be made: name=" + name, e);
            }
        }
        return all;
    }

    /// The variants of all catalogs, workload by workload.
    static List<Variant> allVariants() {
        List<Catalog> catalogs = all();
        List<Variant> variants = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            for (Catalog catalog : catalogs) {
                catalog.variants().stream()
                        .filter(v -> v.workload() == workload)
                        .forEach(variants::add);
            }
        }
        return variants;
    }

    /// The aims of all catalogs.
    static List<Aim> allAims() {
        List<Aim> aims = new ArrayList<>();
        all().forEach(c -> aims.addAll(c.aims()));
        return aims;
    }
}
