// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static io.penstock.formats.Samples.BINANCE;
import static io.penstock.formats.Samples.TRADE;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Instrument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentFileTest {
    @TempDir Path folder;

    @Test
    void givesTickLotAndPriceUnit() {
        assertThat(instrument("symbol=ABC\n# note\n\ntick = 0.50\nlot = 0.1\n"))
                .isEqualTo(
                        new Instrument(
                                0, "ABC", 1, 5, new BigDecimal("0.1"), Instrument.Origin.GIVEN));
        assertThat(instrument("tick=0.5\nlot=0.25\nprice-unit=0.001"))
                .isEqualTo(
                        new Instrument(
                                0, "ABC", 3, 500, new BigDecimal("0.25"), Instrument.Origin.GIVEN));
        assertThat(instrument("ABC.tick=100\nXYZ.tick=2"))
                .isEqualTo(
                        new Instrument(
                                0,
                                "ABC",
                                1,
                                1000,
                                new BigDecimal("0.5"),
                                Instrument.Origin.DETECTED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tik=1|line 1: an unknown key: \"tik\"",
                "tick|line 1: no key = value",
                "tick=x|line 1: a tick that is no number",
                "tick=-1|line 1: a tick is a positive decimal",
                "tick=1e-30|line 1: a tick is a positive decimal",
                "lot=99999999999999999999|line 1: a lot is a positive decimal",
                "price-unit=0.5|line 1: a price-unit is 1, 0.1",
                "tick=1;tick=1|line 2: the key tick comes twice",
                "symbol=A;symbol=B|line 2: a second symbol",
                "symbol=ABC;ABC.tick=1|the instrument ABC comes twice",
                "tick=1;ABC.tick=1|keys without an instrument beside others",
                "# nothing|it says nothing",
                "price-unit=1;tick=0.5|the tick 0.5 is no whole number of price units",
                "XYZ.tick=1|line 1: an unknown instrument: ABC",
                "symbol=XYZ;tick=1|line 1: an unknown instrument: ABC",
                "lot=1;price-unit=0.1;tick=1|a quantity that is no whole number of lots",
                "price-unit=1;tick=1|a price that is no whole number of price units",
            })
    void refusesWhatIsWrong(String lines, String problem) {
        assertThat(Samples.errorOf(() -> convert(BINANCE, lines.replace(';', '\n'))))
                .contains(problem);
    }

    @Test
    void refusesNamelessKeysForSeveralInstruments() {
        String text = BINANCE + TRADE.replace("ABC", "XYZ");
        assertThat(Samples.errorOf(() -> convert(text, "tick=0.1\nlot=0.5")))
                .contains("keys without an instrument, but the recording has 2");
    }

    @Test
    void skipsInstrumentsThatItDoesNotKnowWhenBadRecordsAreSkipped() {
        Path data = Samples.write(folder, "data", BINANCE + TRADE.replace("ABC", "XYZ"));
        Path file = Samples.write(folder, "instruments", "symbol=ABC");
        ConversionReport report =
                Samples.open(Samples.skip().withInstrumentFile(file), data).run((_, _) -> {});
        assertThat(report.badRecords()).isEqualTo(1);
        assertThat(report.firstBadRecords().getFirst()).contains("line 6: an unknown instrument");
    }

    @Test
    void refusesFilesThatCannotBeRead() {
        assertThat(Samples.errorOf(() -> InstrumentFile.read(folder))).contains("a directory");
        assertThat(Samples.errorOf(() -> InstrumentFile.read(folder.resolve("no"))))
                .contains("no such file");
        byte[] bytes = "tick=\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Samples.errorOf(() -> InstrumentFile.read(Samples.write(folder, "x", bytes))))
                .contains("UTF-8");
    }

    private Instrument instrument(String lines) {
        return convert(BINANCE, lines).instruments().getFirst();
    }

    private Conversion convert(String data, String lines) {
        Path file = Samples.write(folder, "instruments", lines);
        Conversion conversion =
                Samples.open(
                        ConversionOptions.DEFAULT.withInstrumentFile(file),
                        Samples.write(folder, "data", data));
        conversion.run((_, _) -> {});
        return conversion;
    }
}
