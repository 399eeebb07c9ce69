// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.channel.SlotSink;
import io.penstock.market.Instrument;
import java.util.List;

final class LobsterRecording implements Recording {
    @Override
    public List<Instrument> instruments() {
        return List.of();
    }

    @Override
    public List<String> streams() {
        return List.of();
    }

    @Override
    public int visibleDepth() {
        return 0;
    }

    @Override
    public int passes() {
        return 2;
    }

    @Override
    public ConversionReport decode(SlotSink sink, ConversionProgress progress) {
        throw new UnsupportedOperationException();
    }
}
