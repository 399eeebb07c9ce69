// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import io.penstock.bench.Measurement;
import io.penstock.bench.Spread;
import io.penstock.report.JsonWriter;
import java.io.IOException;

/// What was measured, as one JSON object for a program.
final class BenchJson {
    private BenchJson() {}

    static void write(BenchText.Result result, Appendable out) throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.open('{').name("data").text(result.data());
        json.name("java").text(Runtime.version().toString());
        json.name("workloads").open('[');
        for (Measurement measurement : result.measurements()) {
            write(measurement, json);
        }
        json.close(']').name("skipped").open('[');
        for (String reason : result.skipped()) {
            json.text(reason);
        }
        json.close(']').close('}');
    }

    private static void write(Measurement measurement, JsonWriter json) throws IOException {
        json.open('{').name("name").text(measurement.name());
        json.name("event").text(measurement.event());
        json.name("events").number(measurement.events());
        json.name("agrees").bool(measurement.agrees());
        spread("eventsPerSecond", measurement.eventsPerSecond(), json);
        spread("floorEventsPerSecond", measurement.floorEventsPerSecond(), json);
        spread("ratio", measurement.ratio(), json);
        json.name("bytesPerEvent").number(measurement.bytesPerEvent());
        json.name("bytesPerPass").number(measurement.bytesPerPass());
        json.name("foreignCores").number(measurement.foreignCores());
        json.name("rounds").open('[');
        for (Measurement.Round round : measurement.rounds()) {
            json.open('{').name("subjectNs").number(round.subjectNs());
            json.name("floorNs").number(round.floorNs()).close('}');
        }
        json.close(']').close('}');
    }

    private static void spread(String name, Spread spread, JsonWriter json) throws IOException {
        json.name(name).open('{').name("min").number(spread.min());
        json.name("median").number(spread.median());
        json.name("max").number(spread.max()).close('}');
    }
}
