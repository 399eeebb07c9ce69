// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.market.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small recordings made up for tests.
final class Samples {
    static final String DIFF_1 =
            "1000 {\"stream\":\"abc@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":5,\"T\":4,"
                    + "\"s\":\"ABC\",\"U\":11,\"u\":12,\"pu\":10,"
                    + "\"b\":[[\"10.10\",\"1.50\"],[\"10.00\",\"0.00\"]],"
                    + "\"a\":[[\"10.20\",\"2.00\"]]}}";
    static final String SNAPSHOT =
            "1500 {\"lastUpdateId\":12,\"E\":6,\"T\":6,\"bids\":[[\"10.10\",\"1.5\"]],"
                    + "\"asks\":[[\"10.20\",\"2\"],[\"10.30\",\"4\"]]}";
    static final String DIFF_2 =
            "2000 {\"stream\":\"abc@depth@0ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":8,\"T\":7,"
                    + "\"s\":\"ABC\",\"U\":13,\"u\":14,\"pu\":12,\"b\":[],\"a\":[]}}";
    static final String TICKER =
            "3000 {\"stream\":\"abc@bookTicker\",\"data\":{\"e\":\"bookTicker\",\"u\":14,"
                    + "\"s\":\"ABC\",\"b\":\"10.10\",\"B\":\"1.50\",\"a\":\"10.20\",\"A\":\"2.00\","
                    + "\"T\":9,\"E\":9}}";
    static final String TRADE =
            "4000 {\"stream\":\"abc@trade\",\"data\":{\"e\":\"trade\",\"E\":11,\"T\":10,"
                    + "\"s\":\"ABC\",\"t\":77,\"p\":\"10.10\",\"q\":\"0.5\",\"X\":\"MARKET\","
                    + "\"m\":true}}";
    static final String BINANCE = String.join("\n", DIFF_1, SNAPSHOT, DIFF_2, TICKER, TRADE) + "\n";

    static final String MESSAGES =
            """
            34200.1,1,7,100,10000,1
            34200.2,4,7,40,10000,1
            34200.3,5,0,10,10050,-1
            34200.4,3,5,50,10100,-1
            34200.5,7,0,0,-1,-1
            """;
    static final String ROWS =
            """
            10100,50,10000,100
            10100,50,10000,60
            10100,50,10000,60
            10200,70,10000,60
            10200,70,10000,60
            """;
    static final String MESSAGE_NAME = "XYZ_2012-06-21_34200000_57600000_message_1.csv";
    static final String BOOK_NAME = "XYZ_2012-06-21_34200000_57600000_orderbook_1.csv";

    private Samples() {}

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A zip file of names and contents in turn.
    static byte[] zip(String... namesAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndTexts.length; i += 2) {
                out.putNextEntry(new ZipEntry(namesAndTexts[i]));
                out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Conversion open(ConversionOptions options, Path... files) {
        return Conversion.open(Source.of(List.of(files)), options, ConversionProgress.NONE);
    }

    static Events decode(Path... files) {
        Events events = new Events();
        open(ConversionOptions.DEFAULT, files).run(events);
        return events;
    }

    static ConversionOptions skip() {
        return ConversionOptions.DEFAULT.withBadRecords(BadRecordPolicy.SKIP);
    }

    /// What is said about data that cannot be used.
    static String errorOf(Path... files) {
        return errorOf(() -> decode(files));
    }

    static String errorOf(Runnable action) {
        DataException error = catchThrowableOfType(DataException.class, action::run);
        return error == null ? "no error" : String.valueOf(error.getMessage());
    }
}
