// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import io.penstock.market.BookBuilder;
import io.penstock.market.Instrument;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Recorded events in exchange order, as the replay needs them.
interface EventSource {
    /// The user's name of it.
    String name();

    List<Instrument> instruments();

    long count();

    MemorySegment events();

    /// Offset of the k-th event in exchange order; its bytes have been checked.
    long offset(long k);

    /// Receive time less exchange time, as far as it is the fault of the clocks.
    long clockOffsetNs();

    /// Levels a side that the recording shows, 0 when it shows all.
    int visibleDepth();

    /// An empty book of the kind that the recording builds.
    BookBuilder newBook(Instrument instrument);
}
