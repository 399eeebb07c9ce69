// SPDX-License-Identifier: Apache-2.0
package io.penstock.market;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeCorruptionTest {
    @TempDir Path folder;
    private byte[] whole = new byte[0];
    private Path damaged = Path.of("");

    @BeforeEach
    void writeATape() throws IOException {
        Path path = folder.resolve("whole.tape");
        Events events = new Events();
        for (int i = 0; i < 33; i++) {
            events.times(i, i + 1).quote(i, 1, i + 1, 1);
        }
        events.writeTo(path).close();
        whole = Files.readAllBytes(path);
        damaged = folder.resolve("damaged.tape");
    }

    @Test
    void everyFlippedByteIsFound() throws IOException {
        Files.write(damaged, whole);
        try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            for (int at = 0; at < whole.length; at++) {
                byte flipped = (byte) (whole[at] ^ (1 << (at & 7)));
                file.write(ByteBuffer.wrap(new byte[] {flipped}), at);
                assertThatThrownBy(this::openAndVerify)
                        .as("byte %d", at)
                        .isInstanceOf(DataException.class)
                        .hasMessageStartingWith(damaged.toString());
                file.write(ByteBuffer.wrap(new byte[] {whole[at]}), at);
            }
        }
        openAndVerify();
    }

    @Test
    void everyOtherLengthIsFound() throws IOException {
        Files.write(damaged, Arrays.copyOf(whole, whole.length + 20));
        try (FileChannel file = FileChannel.open(damaged, StandardOpenOption.WRITE)) {
            for (int length = whole.length + 20; length >= 0; length--) {
                file.truncate(length);
                if (length != whole.length) {
                    assertThatThrownBy(this::openAndVerify)
                            .as("length %d", length)
                            .isInstanceOf(DataException.class);
                }
            }
        }
    }

    @Test
    void aDamagedBlockIsFoundWhenItIsTouched() throws IOException {
        byte[] bytes = whole.clone();
        bytes[5_000] ^= 1;
        Files.write(damaged, bytes);
        try (Tape tape = Tape.open(damaged)) {
            assertThatCode(() -> tape.positionInExchangeOrder(0)).doesNotThrowAnyException();
            assertThatThrownBy(() -> tape.touch(3))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("events 0 to 32");
        }
    }

    @Test
    void theWholeTapeIsGood() throws IOException {
        Files.write(damaged, whole);
        assertThatCode(this::openAndVerify).doesNotThrowAnyException();
    }

    private void openAndVerify() {
        try (Tape tape = Tape.open(damaged)) {
            tape.verify();
        }
    }
}
