// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/// A batch whose results had to wait for room in an edge, in a flight recording: as long as the
/// batch took.
@Name("io.penstock.EdgeFull")
@Label("Edge Full")
@Category("Penstock")
@Threshold("1 ms")
@StackTrace(false)
final class EdgeFullEvent extends Event {
    @Label("Edge")
    String edge = "";

    @Label("Capacity")
    int capacity;
}
