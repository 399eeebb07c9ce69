// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A [Stall], in a flight recording.
@Name("io.penstock.Stall")
@Label("Stall")
@Category("Penstock")
@StackTrace(false)
final class StallEvent extends Event {
    @Label("Pipeline")
    String pipeline = "";

    @Label("Strand")
    String strand = "";

    @Label("Stages")
    String stages = "";

    @Label("Time at the Item")
    @Timespan(Timespan.NANOSECONDS)
    long atItemNs;

    @Label("Innermost Frame")
    String where = "";
}
