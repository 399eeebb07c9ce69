// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A run from its start to its end, in a flight recording.
@Name("io.penstock.Run")
@Label("Pipeline Run")
@Category("Penstock")
@StackTrace(false)
final class RunEvent extends Event {
    @Label("Pipeline")
    String pipeline = "";

    @Label("End")
    String end = "";

    @Label("Stage That Failed")
    String failedStage = "";

    @Label("Strands")
    int strands;
}
