// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import io.penstock.market.DataException;
import io.penstock.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged data gives a DataException or a result, and nothing else.
class FormatsFuzzTest {
    private static final String TOKENS = "{}[]\",:.-0123456789eEbBaAuUpqmTsx \n\r\t\\";

    @TempDir Path folder;

    @Test
    void survivesDamagedBinanceText() throws Exception {
        Seeds.check(
                400,
                12,
                (random, size) ->
                        tryAll(random, write("b", damage(bytes(Samples.BINANCE), random, size))));
    }

    @Test
    void survivesDamagedLobsterText() throws Exception {
        Seeds.check(
                300,
                8,
                (random, size) -> {
                    boolean both = random.nextBoolean();
                    byte[] messages = damage(bytes(Samples.MESSAGES), random, size);
                    byte[] rows = bytes(Samples.ROWS);
                    Path first = write(Samples.MESSAGE_NAME, messages);
                    byte[] second = both ? damage(rows, random, size) : rows;
                    tryAll(random, first, write(Samples.BOOK_NAME, second));
                });
    }

    @Test
    void survivesDamagedArchives() throws Exception {
        byte[] gzip = Samples.gzip(Samples.BINANCE.repeat(3));
        byte[] zip =
                Samples.zip(
                        Samples.BOOK_NAME, Samples.ROWS, Samples.MESSAGE_NAME, Samples.MESSAGES);
        Seeds.check(
                300,
                6,
                (random, size) ->
                        tryAll(
                                random,
                                write(
                                        "z",
                                        damage(random.nextBoolean() ? gzip : zip, random, size))));
    }

    @Test
    void survivesDamagedInstrumentFiles() throws Exception {
        byte[] text = bytes("symbol=ABC\ntick=0.10\nlot=0.5\nprice-unit=0.01\nXYZ.tick=1\n");
        Path data = write("data", bytes(Samples.BINANCE));
        Seeds.check(
                300,
                6,
                (random, size) -> {
                    Path file = write("i", damage(text, random, size));
                    run(ConversionOptions.DEFAULT.withInstrumentFile(file), data);
                });
    }

    private static void tryAll(SplittableRandom random, Path... files) {
        run(ConversionOptions.DEFAULT.withKeepReference(random.nextBoolean()), files);
        run(Samples.skip(), files);
    }

    private static void run(ConversionOptions options, Path... files) {
        try {
            Conversion conversion = Samples.open(options, files);
            ConversionReport report = conversion.run((_, _) -> {});
            long skipped = report.skipped().values().stream().mapToLong(Long::longValue).sum();
            long known = report.decoded() + skipped + report.badRecords();
            if (report.lines() != known) {
                throw new AssertionError("lines are lost: " + report);
            }
        } catch (DataException e) {
            String message = String.valueOf(e.getMessage());
            if (message.chars().anyMatch(c -> c < ' ')) {
                throw new AssertionError("a message of one line: " + message, e);
            }
        }
    }

    private Path write(String name, byte[] bytes) {
        return Samples.write(folder, name, bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Changes, removes, repeats and cuts pieces.
    private static byte[] damage(byte[] original, SplittableRandom random, int changes) {
        byte[] bytes = original.clone();
        for (int i = 0; i < changes && bytes.length > 2; i++) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1, 2 -> bytes[at] = (byte) TOKENS.charAt(random.nextInt(TOKENS.length()));
                case 3 -> bytes = splice(bytes, at, at + length, at, at);
                case 4 -> bytes = splice(bytes, at, at, at, at + length);
                default -> {
                    if (random.nextInt(4) == 0) {
                        bytes = Arrays.copyOf(bytes, at);
                    }
                }
            }
        }
        return bytes;
    }

    /// The bytes with one range replaced by a copy of another.
    private static byte[] splice(byte[] bytes, int from, int to, int copyFrom, int copyTo) {
        byte[] result = new byte[bytes.length - (to - from) + (copyTo - copyFrom)];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(bytes, copyFrom, result, from, copyTo - copyFrom);
        System.arraycopy(bytes, to, result, from + copyTo - copyFrom, bytes.length - to);
        return result;
    }
}
