// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.Limit.Cause;
import io.penstock.pipeline.Change;
import io.penstock.pipeline.How;
import io.penstock.pipeline.Resource;
import io.penstock.stage.ExecutionModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A pipeline as a queueing network with what was measured in it: says which rate it can reach, and
/// which it could reach if it were changed. Immutable.
final class Line {
    /*
     * The bounds are those of the linear program of M. Kuchnik and others, "Plumber: Diagnosing and
     * Removing Performance Bottlenecks in Machine Learning Data Pipelines", MLSys 2022, which has a
     * closed form for a graph whose visits are known: the rate is the least of
     * cores / sum(processor time) and, for each strand, servers / sum(strand time).
     * J. D. C. Little's and P. J. Denning's operational laws ("The Operational Analysis of Queueing
     * Network Models", ACM Computing Surveys 10(3), 1978) are all that it rests on.
     *
     * What a run loses beyond its bound (uneven arrivals, garbage collection, foreign load) is kept
     * as `efficiency`, and a changed line is taken to lose as much.
     */
    private final List<Station> stations;
    private final Machine machine;
    private final double efficiency;
    private final double offered;

    private Line(List<Station> stations, Machine machine, double efficiency, double offered) {
        this.stations = List.copyOf(stations);
        this.machine = machine;
        this.efficiency = efficiency;
        this.offered = offered;
    }

    /// The line that was measured.
    static Line of(List<StageProfile> profiles, Machine machine) {
        List<Station> stations = profiles.stream().map(Station::of).toList();
        return new Line(stations, machine, 1, Double.POSITIVE_INFINITY);
    }

    /// The same with a station changed.
    Line with(int position, UnaryOperator<Station> change) {
        List<Station> changed = new ArrayList<>(stations);
        changed.set(position, change.apply(changed.get(position)));
        return new Line(changed, machine, efficiency, offered);
    }

    /// The same, at best as fast as its sources offer items.
    Line offering(double rate) {
        return new Line(stations, machine, efficiency, rate);
    }

    /// The same, losing what it must have lost to reach no more than `reached`.
    Line reaching(double reached) {
        double bound = limit().rate();
        double part = Double.isInfinite(bound) || bound <= 0 ? 1 : Math.min(1, reached / bound);
        return new Line(stations, machine, part, offered);
    }

    /// The same, losing only `1 - part`.
    Line losing(double part) {
        return new Line(stations, machine, Math.min(1, part), offered);
    }

    double efficiency() {
        return efficiency;
    }

    Station station(int position) {
        return stations.get(position);
    }

    /// The rate to expect: the bound, less what was lost when it was measured.
    double rate() {
        return Math.min(limit().rate() * efficiency, offered);
    }

    /// The lowest bound of the line as it is.
    Limit limit() {
        Limit limit = new Limit(offered, Cause.SOURCE, sourceName()).and(cores());
        for (Station station : stations) {
            limit = limit.and(new Limit(station.limit(), Cause.RATE, station.profile().name()));
        }
        for (List<Integer> strand : strands().values()) {
            limit = limit.and(of(strand));
        }
        return limit;
    }

    private Limit of(List<Integer> strand) {
        double demandNs = 0;
        Station heaviest = stations.get(strand.getFirst());
        for (int position : strand) {
            Station station = stations.get(position);
            demandNs += station.demandNs();
            heaviest = station.demandNs() > heaviest.demandNs() ? station : heaviest;
        }
        Cause cause =
                heaviest.isBound()
                        ? Cause.KEY
                        : heaviest.how().isParallel() ? Cause.WORKERS : Cause.SERIAL;
        double rate = perSecond(heaviest.servers(), demandNs);
        return new Limit(rate, cause, heaviest.profile().name());
    }

    /// The bound that no plan for the same functions passes on this machine: every stage that may
    /// have workers has as many as it likes, and every other one a strand of its own.
    Limit ceiling() {
        Limit limit = new Limit(offered, Cause.SOURCE, sourceName()).and(cores());
        Map<String, Double> loops = new LinkedHashMap<>();
        for (Resource resource : resources()) {
            limit = limit.and(of(resource));
        }
        for (Station station : stations) {
            String name = station.profile().name();
            limit = limit.and(new Limit(station.limit(), Cause.RATE, name));
            double demandNs = station.demandNs();
            if (station.how().model() == ExecutionModel.EVENT_LOOP) {
                demandNs = loops.merge(station.how().loop(), demandNs, Double::sum);
            }
            double alone = perSecond(1, demandNs);
            if (station.isBound()) {
                limit = limit.and(new Limit(alone * station.servers(), Cause.KEY, name));
            } else if (isSerial(station)) {
                limit = limit.and(new Limit(alone, Cause.SERIAL, name));
            }
        }
        return limit;
    }

    /// Items a second; no limit where no time was measured.
    private static double perSecond(double servers, double demandNs) {
        return demandNs > 0 ? servers * LittlesLaw.NANOS / demandNs : Double.POSITIVE_INFINITY;
    }

    private Set<Resource> resources() {
        Set<Resource> resources = new LinkedHashSet<>();
        stations.forEach(station -> resources.addAll(station.how().resources()));
        return resources;
    }

    /// An item that uses a resource is taken to do so for as long as it is worked on.
    private Limit of(Resource resource) {
        double demandNs =
                stations.stream()
                        .filter(station -> station.how().resources().contains(resource))
                        .mapToDouble(Station::demandNs)
                        .sum();
        double rate = perSecond(resource.limit(), demandNs);
        return new Limit(rate, Cause.RESOURCE, resource.name());
    }

    /// The resource that allows a stage the fewest workers; null where it uses none.
    @Nullable Resource scarcest(int position) {
        return stations.get(position).how().resources().stream()
                .min(Comparator.comparingInt(resource -> left(resource, position)))
                .orElse(null);
    }

    /// Most workers that its resources allow a stage beside the others that use them.
    int mostWorkers(int position) {
        Resource scarcest = scarcest(position);
        return scarcest == null ? Integer.MAX_VALUE : Math.max(1, left(scarcest, position));
    }

    /// What the other strands leave of a resource.
    private int left(Resource resource, int position) {
        int left = resource.limit();
        for (List<Integer> strand : strands().values()) {
            left -=
                    strand.stream()
                            .filter(other -> other != position)
                            .map(other -> stations.get(other).how())
                            .filter(how -> how.resources().contains(resource))
                            .mapToInt(How::parallelism)
                            .max()
                            .orElse(0);
        }
        return left;
    }

    /// Whether the kit can never run it on several strands: by its kind, or because it was given to
    /// an event loop, which says that its state has one writer.
    private static boolean isSerial(Station station) {
        return !station.profile().kind().canBeParallel()
                || station.how().model() == ExecutionModel.EVENT_LOOP;
    }

    private Limit cores() {
        double cpuNs = cpuNs();
        return cpuNs > 0
                ? new Limit(machine.cores() * LittlesLaw.NANOS / cpuNs, Cause.CORES, "")
                : Limit.NONE;
    }

    /// Processor time of one item of the sources, as far as it is known.
    double cpuNs() {
        return stations.stream()
                .mapToDouble(station -> station.profile().flow().visits() * station.cpuNs())
                .sum();
    }

    private String sourceName() {
        return stations.stream()
                .map(Station::profile)
                .filter(profile -> profile.kind() == StageKind.SOURCE)
                .map(StageProfile::name)
                .findFirst()
                .orElse("");
    }

    /// Which positions share a strand, by its name: what the planner would decide. See
    /// [io.penstock.pipeline.Plan].
    Map<String, List<Integer>> strands() {
        String[] names = strandNames();
        Map<String, List<Integer>> strands = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            strands.computeIfAbsent(names[i], _ -> new ArrayList<>()).add(i);
        }
        return strands;
    }

    /// The positions that share the strand of one.
    List<Integer> strandOf(int position) {
        String[] names = strandNames();
        return strands().getOrDefault(names[position], List.of(position));
    }

    private String[] strandNames() {
        String[] names = new String[stations.size()];
        boolean[] isOpen = new boolean[stations.size()];
        for (int i = 0; i < names.length; i++) {
            Station station = stations.get(i);
            StageProfile profile = station.profile();
            int before = profile.upstream().isEmpty() ? i : profile.upstream().getFirst();
            boolean follows = before < i && !stations.get(before).how().isParallel();
            isOpen[i] = isPassage(profile.kind());
            if (station.how().model() == ExecutionModel.EVENT_LOOP) {
                names[i] = "loop " + station.how().loop();
            } else if (isPassage(profile.kind()) || before == i) {
                names[i] = profile.name();
            } else if (isFused(station) && !needsToWait(profile, before)) {
                names[i] = follows ? names[before] : profile.name() + " collects";
            } else {
                boolean joins = follows && isOpen[before] && !station.how().isParallel();
                names[i] = joins ? names[before] : profile.name();
            }
        }
        return names;
    }

    private static boolean isPassage(StageKind kind) {
        return kind == StageKind.BUFFER || kind == StageKind.MERGE;
    }

    private static boolean isFused(Station station) {
        return station.how().model() == ExecutionModel.FUSED;
    }

    private boolean needsToWait(StageProfile profile, int before) {
        return profile.isTimed() && stations.get(before).profile().kind() == StageKind.SOURCE;
    }

    /// The same after a change of one stage; hand-offs that appear or vanish are paid for, half by
    /// each side. A change of room alone moves no work.
    Line with(Change change) {
        int position = position(change.stage());
        How how = stations.get(position).how();
        return switch (change) {
            case Change.ToModel(_, var model, int parallelism) ->
                    moved(position, how.movedTo(model, parallelism));
            case Change.ToHow(_, How other) -> moved(position, other);
            case Change.ToCapacity _, Change.ToBatch _ -> this;
        };
    }

    String name(int position) {
        return stations.get(position).profile().name();
    }

    int position(String stage) {
        for (int i = 0; i < stations.size(); i++) {
            if (stations.get(i).profile().name().equals(stage)) {
                return i;
            }
        }
        throw new IllegalArgumentException("stage must be part of the line: stage=" + stage);
    }

    private Line moved(int position, How how) {
        String[] old = strandNames();
        Line line = with(position, station -> station.with(how));
        String[] now = line.strandNames();
        for (int i = 0; i < now.length; i++) {
            for (int before : stations.get(i).profile().upstream()) {
                boolean had = !old[before].equals(old[i]);
                boolean has = !now[before].equals(now[i]);
                if (had != has) {
                    double half = (has ? 1 : -1) * machine.hopNs() / 2;
                    line = line.paying(i, half).paying(before, half);
                }
            }
        }
        return line;
    }

    /// A hand-off that vanishes was measured with the functions of its strand: what a stage does
    /// not have to give back, the heaviest on its strand has.
    private Line paying(int position, double ns) {
        double missingNs = Math.max(0, -ns - stations.get(position).workNs());
        Line line = with(position, station -> station.plus(ns));
        if (missingNs == 0) {
            return line;
        }
        int heaviest = position;
        for (int other : line.strandOf(position)) {
            boolean isHeavier = line.station(other).demandNs() > line.station(heaviest).demandNs();
            heaviest = isHeavier ? other : heaviest;
        }
        double visits = stations.get(position).profile().flow().visits();
        double each = visits / Math.max(1e-9, stations.get(heaviest).profile().flow().visits());
        return line.with(heaviest, station -> station.plus(-missingNs * each));
    }
}
