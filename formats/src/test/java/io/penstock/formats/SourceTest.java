// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static io.penstock.formats.Samples.BINANCE;
import static io.penstock.formats.Samples.DIFF_1;
import static io.penstock.formats.Samples.SNAPSHOT;
import static io.penstock.formats.Samples.TRADE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @TempDir Path folder;

    @Test
    void recognisesTheFormatByContentWhateverTheName() {
        assertThat(format("a.csv", BINANCE.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(SourceFormat.BINANCE);
        assertThat(format("b.zip", Samples.gzip(BINANCE))).isEqualTo(SourceFormat.BINANCE);
        assertThat(format("c.gz", Samples.zip("x", BINANCE))).isEqualTo(SourceFormat.BINANCE);
        byte[] pair = Samples.zip("o", Samples.ROWS, "m", Samples.MESSAGES);
        assertThat(format("d", pair)).isEqualTo(SourceFormat.LOBSTER);
        assertThat(format("e", "PENSTAPE and more".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(SourceFormat.TAPE);
    }

    private SourceFormat format(String name, byte[] bytes) {
        return Source.of(Samples.write(folder, name, bytes)).format();
    }

    @Test
    void listsTheFormatsWhenItKnowsNone() {
        assertThat(Samples.errorOf(write("hello world")))
                .contains("no known format; it begins with \"hello world\"")
                .contains("binance, lobster, tape")
                .contains("--format");
        assertThat(Samples.errorOf(write("5 {\"channel\":\"l2Book\",\"data\":{}}\n")))
                .contains("but no message of a Binance stream; it begins with \"5 {\"channel\"");
        assertThat(Samples.errorOf(write("\u0001\u0002"))).contains("\"??\"");
        assertThat(Samples.errorOf(write("\n\n"))).contains("nothing in it");
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 1, 2};
        assertThat(Samples.errorOf(Samples.write(folder, "z", zstd))).contains("zstd");
    }

    @Test
    void namesTheBadLineWhenTheFormatIsNamed() {
        Path file = write("hello\n" + BINANCE);
        Source source = Source.of(List.of(file), SourceFormat.BINANCE);
        assertThat(
                        Samples.errorOf(
                                () ->
                                        Conversion.open(
                                                source,
                                                ConversionOptions.DEFAULT,
                                                ConversionProgress.NONE)))
                .contains("line 1: no receive time");
        assertThat(Samples.errorOf(() -> Source.of(List.of(file), SourceFormat.TAPE)))
                .contains("it is no tape");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThat(Samples.errorOf(folder)).contains("a directory").contains("Name the files");
        assertThat(Samples.errorOf(folder.resolve("none"))).contains("there is no such file");
        assertThat(Samples.errorOf(write(""))).contains("the file is empty");
        assertThat(Samples.errorOf(Samples.write(folder, "e.gz", Samples.gzip(""))))
                .contains("the file is empty");
        Path twice = write(BINANCE);
        assertThat(Samples.errorOf(twice, twice)).contains("named twice");
    }

    @Test
    void refusesFilesOfDifferentFormats() {
        Path other = Samples.write(folder, "other", Samples.MESSAGES);
        assertThat(Samples.errorOf(write(BINANCE), other)).contains("it is no Binance recording");
    }

    @Test
    void tellsTruncatedAndDamagedGzip() {
        byte[] gzip = Samples.gzip(BINANCE.repeat(50));
        Path cut = Samples.write(folder, "cut", Arrays.copyOf(gzip, gzip.length - 20));
        assertThat(Samples.errorOf(cut))
                .contains("cut: line ")
                .contains("byte ")
                .contains("the compressed data ends early");
        byte[] damaged = gzip.clone();
        damaged[gzip.length - 8] ^= 1;
        assertThat(Samples.errorOf(Samples.write(folder, "crc", damaged)))
                .contains("the compressed data is damaged");
        assertThat(Samples.errorOf(Samples.write(folder, "tiny", Arrays.copyOf(gzip, 5))))
                .contains("ends early");
    }

    @Test
    void keepsWhatCanBeReadOfATruncatedFileWhenBadRecordsAreSkipped() {
        byte[] gzip = Samples.gzip(BINANCE + (TRADE + "\n").repeat(20_000));
        Path cut = Samples.write(folder, "cut", Arrays.copyOf(gzip, gzip.length - 20));
        ConversionReport report = Samples.open(Samples.skip(), cut).run((_, _) -> {});
        assertThat(report.badRecords()).isEqualTo(1);
        assertThat(report.firstBadRecords().getFirst()).contains("ends early");
        assertThat(report.decoded()).isGreaterThan(100);
        assertThat(report.cutShort()).contains("ends early");
    }

    @Test
    void tellsABadRecordFromAFileThatEndsBeforeItsTime() {
        Path half = write(BINANCE + TRADE.substring(0, 60));
        assertThat(Samples.open(Samples.skip(), half).run((_, _) -> {}).cutShort())
                .contains("line 6: half a record");
        Path bad = write(BINANCE + "x\n" + TRADE);
        assertThat(Samples.open(Samples.skip(), bad).run((_, _) -> {}).cutShort()).isNull();
        Path messages = Samples.write(folder, Samples.MESSAGE_NAME, Samples.MESSAGES);
        Path rows = Samples.write(folder, Samples.BOOK_NAME, Samples.ROWS.substring(0, 54));
        assertThat(Samples.open(Samples.skip(), messages, rows).run((_, _) -> {}).cutShort())
                .contains("there is no such row");
    }

    @Test
    void tellsTruncatedAndDamagedZip() {
        byte[] zip = Samples.zip("x", BINANCE.repeat(50));
        Path cut = Samples.write(folder, "cut", Arrays.copyOf(zip, zip.length - 30));
        assertThat(Samples.errorOf(cut)).contains("the zip file is truncated or damaged");
        byte[] damaged = zip.clone();
        damaged[60] ^= 0x55;
        assertThat(Samples.errorOf(Samples.write(folder, "bad", damaged))).contains("bad!x");
        byte[] crc = zip.clone();
        // The checksum stands in the directory, 16 bytes after its signature.
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        crc[directory + 16] ^= 1;
        assertThat(Samples.errorOf(Samples.write(folder, "crc", crc)))
                .contains("its checksum is wrong");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|no receive time",
                "12x {}|no receive time",
                "99999999999999999999 {}|a receive time that does not fit",
                "5 [1]|no JSON object after the receive time",
                "5 {\"e\":|JSON that does not parse, at character 8",
                "5 {\"e\":!}|JSON that does not parse, at character 8",
                "5 {} {}|something follows",
                "5 {\"e\":\"trade\"}|a trade message without the field \"t\"",
                "5 {\"e\":\"depthUpdate\",\"s\":\"A\"}|without the field \"E\"",
                "5 {\"e\":\"bookTicker\",\"s\":\"A\",\"u\":1}|without the field \"b\"",
                "5 {\"e\":\"bookTicker\",\"s\":\"\",\"u\":1}|without the field \"s\"",
                "5 {\"lastUpdateId\":1,\"bids\":[]}|without the field \"asks\"",
                "5 {\"lastUpdateId\":1,\"bids\":[[\"1\"]],\"asks\":[]}|no pair of price and",
                "5 {\"lastUpdateId\":1,\"bids\":[[\"x\",\"1\"]],\"asks\":[]}|does not parse"
                        + " (price)",
                "5 {\"lastUpdateId\":1,\"bids\":[[\"1\",\"1e5\"]],\"asks\":[]}|does not parse"
                        + " (quantity): \"1e5\"",
                "5 {\"lastUpdateId\":1,\"bids\":[[\"1\",\"99999999999999999999\"]],\"asks\":[]}"
                        + "|does not fit 64 bits (quantity): \"99999999999999999999\"",
                "5 {\"lastUpdateId\":1,\"bids\":[[\"1\",\"-1\"]],\"asks\":[]}|a negative quantity",
                "5 {\"lastUpdateId\":\"x\",\"bids\":[],\"asks\":[]}|no whole number",
            })
    void saysWhatIsWrongWithALine(String line, String problem) {
        Path file = write(DIFF_1 + "\n" + line + "\n" + SNAPSHOT + "\n");
        String error = Samples.errorOf(file);
        if (line.contains("lastUpdateId\":\"x")) {
            // Without a number it is no snapshot but some message that is not understood.
            assertThat(error).isEqualTo("no error");
            return;
        }
        assertThat(error).contains("line 2").contains(problem);
        ConversionReport report = Samples.open(Samples.skip(), file).run((_, _) -> {});
        assertThat(report.badRecords()).isEqualTo(1);
        assertThat(report.decoded()).isEqualTo(2);
        assertThat(report.lines()).isEqualTo(3);
    }

    @Test
    void refusesHalfALineAtTheEnd() {
        assertThat(Samples.errorOf(write(BINANCE + TRADE.substring(0, 60))))
                .contains("line 6: half a record at the end of the file");
        assertThat(Samples.decode(write(BINANCE + TRADE)).list).hasSize(14);
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] bytes = (DIFF_1 + "\n" + TRADE).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 20] = (byte) 0xff;
        assertThat(Samples.errorOf(Samples.write(folder, "b", bytes)))
                .contains("line 2")
                .contains("JSON that does not parse");
    }

    @Test
    void refusesALineThatIsTooLong() {
        String longLine = "5 {\"x\":\"" + "a".repeat(LineReader.MAX_LINE_BYTES) + "\"}";
        Path file = write(DIFF_1 + "\n" + longLine + "\n" + TRADE + "\n");
        assertThat(Samples.errorOf(file)).contains("line 2: a line longer than");
        Events events = new Events();
        ConversionReport report = Samples.open(Samples.skip(), file).run(events);
        assertThat(report.badRecords()).isEqualTo(1);
        assertThat(events.list).hasSize(4);
    }

    private Path write(String text) {
        return Samples.write(folder, "file", text);
    }
}
