// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static io.penstock.formats.Samples.DIFF_1;
import static io.penstock.formats.Samples.TICKER;
import static io.penstock.formats.Samples.TRADE;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testing.RecordedData;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinanceMarketsTest {
    private static final String SPOT_DIFF = DIFF_1.replace(",\"pu\":10", "");
    private static final String SPOT_TICKER =
            TICKER.replace("\"e\":\"bookTicker\",", "").replace(",\"T\":9,\"E\":9", "");
    private static final String SPOT_TRADE =
            TRADE.replace(",\"X\":\"MARKET\"", "").replace("true", "true,\"M\":true");

    @TempDir Path folder;

    @Test
    void refusesOneSymbolOfTwoMarketsWithALineOfEach() {
        String spot = folder.resolve("spot").toString();
        String futures = folder.resolve("futures").toString();
        for (String mine : new String[] {SPOT_DIFF, SPOT_TICKER, SPOT_TRADE}) {
            for (String other : new String[] {DIFF_1, TICKER, TRADE}) {
                assertThat(Samples.errorOf(write("spot", mine), write("futures", "\n" + other)))
                        .startsWith(spot + ": line 1: ABC of the spot market here")
                        .contains("ABC of the futures market in " + futures + ", line 2")
                        .contains("Run the two markets one after the other");
            }
        }
    }

    @Test
    void refusesThemWhateverTheOrderAndThePolicy() {
        Path spot = write("spot", SPOT_DIFF);
        Path futures = write("futures", DIFF_1);
        assertThat(Samples.errorOf(futures, spot)).contains("of the spot market");
        assertThat(Samples.errorOf(() -> Samples.open(Samples.skip(), spot, futures)))
                .contains("of the spot market");
    }

    @Test
    void refusesTwoMarketsInOneFile() {
        assertThat(Samples.errorOf(write("both", SPOT_DIFF + "\n" + TRADE)))
                .contains("line 1: ABC of the spot market")
                .contains("both, line 2");
    }

    @Test
    void takesFilesOfOneMarketTogether() {
        assertThat(Samples.decode(write("1", SPOT_DIFF), write("2", SPOT_TRADE)).list).hasSize(4);
        assertThat(Samples.decode(write("3", DIFF_1), write("4", TICKER)).list).hasSize(4);
    }

    @Test
    void takesTheFirstFuturesTickersWhichHadNoType() {
        String old = TICKER.replace("\"e\":\"bookTicker\",", "");
        assertThat(Samples.decode(write("old", old + "\n" + DIFF_1)).list).hasSize(4);
    }

    @Test
    void takesDifferentSymbolsOfTwoMarketsTogether() {
        String other = DIFF_1.replace("ABC", "ABCUSD_PERP").replace("abc@", "abcusd_perp@");
        assertThat(Samples.decode(write("spot", SPOT_DIFF), write("futures", other)).list)
                .hasSize(6);
    }

    @Test
    void refusesTheRecordedMarketsOfOneSymbol() {
        Path spot = RecordedData.require("binance-raw/spot/btcusdt_20240808.gz");
        Path futures = RecordedData.require("binance-raw/usdm/btcusdt_20240808.gz");
        assertThat(Samples.errorOf(spot, futures))
                .contains("spot/btcusdt_20240808.gz: line ")
                .contains("usdm/btcusdt_20240808.gz, line ");
    }

    private Path write(String name, String text) {
        return Samples.write(folder, name, text);
    }
}
