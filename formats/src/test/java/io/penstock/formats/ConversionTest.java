// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.market.DataException;
import io.penstock.market.Tape;
import io.penstock.market.TapeWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
    @TempDir Path folder;

    @Test
    void writesATapeThatHoldsTheEvents() {
        Path data = Samples.write(folder, "data", Samples.BINANCE);
        Path target = folder.resolve("tape");
        Conversion conversion = Samples.open(ConversionOptions.DEFAULT, data);
        try (TapeWriter writer = TapeWriter.create(target, conversion.header())) {
            assertThat(conversion.run(writer).events()).isEqualTo(13);
            writer.finish();
        }
        assertThat(Source.of(target).format()).isEqualTo(SourceFormat.TAPE);
        Events expected = Samples.decode(data);
        Events onTape = new Events();
        try (Tape tape = Tape.open(target)) {
            for (long i = 0; i < tape.count(); i++) {
                onTape.accept(tape.events(), Tape.offset(i));
            }
            assertThat(tape.info().header().streams())
                    .containsExactly("abc@depth@0ms", "abc@bookTicker", "abc@trade");
            assertThat(tape.info().sources()).containsExactly(data.toString());
        }
        assertThat(onTape.list).isEqualTo(expected.list);
    }

    @Test
    void refusesATape() {
        Path data = Samples.write(folder, "data", "PENSTAPE");
        assertThatThrownBy(() -> Samples.open(ConversionOptions.DEFAULT, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a tape needs no conversion");
    }

    @Test
    void neverTakesAFailureOfTheSinkForABadRecord() {
        Path data = Samples.write(folder, "data", Samples.BINANCE);
        DataException full = new DataException("disk", "", "full", "");
        Conversion conversion = Samples.open(Samples.skip(), data);
        assertThatThrownBy(
                        () ->
                                conversion.run(
                                        (_, _) -> {
                                            throw full;
                                        }))
                .isSameAs(full);
    }

    @Test
    void tellsItsProgress() {
        Path data = Samples.write(folder, "data", (Samples.TRADE + "\n").repeat(10_000));
        List<String> calls = new ArrayList<>();
        Source source = Source.of(data);
        Conversion.open(
                        source,
                        ConversionOptions.DEFAULT,
                        (pass, passes, bytes, total) -> {
                            assertThat(bytes).isBetween(0L, total);
                            assertThat(total).isEqualTo(source.sizeBytes());
                            calls.add(pass + "/" + passes);
                        })
                .run((_, _) -> {});
        assertThat(calls).hasSize(10).startsWith("1/2").endsWith("2/2");
    }

    @Test
    void namesFormatsByTheirLabels() {
        assertThat(SourceFormat.of("lobster")).isEqualTo(SourceFormat.LOBSTER);
        assertThatThrownBy(() -> SourceFormat.of("x"))
                .hasMessage("the formats are binance, lobster, tape: format=x");
    }
}
