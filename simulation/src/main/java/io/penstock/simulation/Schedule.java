// SPDX-License-Identifier: Apache-2.0
package io.penstock.simulation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// The number of an interleaving: all choices of one run, so that it can be run again. Immutable;
/// printed and read as a short text.
public final class Schedule {
    private static final int VERSION = 2;
    private static final int HAS_LIMITS = Freedom.BITS + 1;
    private static final int MOST_CHOICES = 10_000_000;

    private final long seed;
    private final Freedom freedom;
    private final Limits limits;
    private final int[] choices;

    Schedule(long seed, Freedom freedom, Limits limits, int... choices) {
        this.seed = seed;
        this.freedom = freedom;
        this.limits = limits;
        this.choices = choices;
    }

    /// Reads a schedule.
    ///
    /// @param text what [#toString] gave
    /// @throws IllegalArgumentException when it is something else
    public static Schedule parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.strip().getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw refusal(text, e);
        }
        try {
            return new Reader(bytes).read();
        } catch (IndexOutOfBoundsException e) {
            throw refusal(text, e);
        }
    }

    /// The seed from which the choices were drawn.
    public long seed() {
        return seed;
    }

    /// How many choices it holds; behind them comes the ordinary course.
    public int size() {
        return choices.length;
    }

    /// How many of its choices are out of the ordinary course.
    public int deviations() {
        return (int) Arrays.stream(choices).filter(each -> each != 0).count();
    }

    Freedom freedom() {
        return freedom;
    }

    Limits limits() {
        return limits;
    }

    int[] choices() {
        return choices.clone();
    }

    /// The same with other choices, without the zeros at their end.
    Schedule with(int... others) {
        int length = others.length;
        while (length > 0 && others[length - 1] == 0) {
            length--;
        }
        return new Schedule(seed, freedom, limits, Arrays.copyOf(others, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule schedule
                && schedule.seed == seed
                && schedule.freedom.equals(freedom)
                && schedule.limits.equals(limits)
                && Arrays.equals(schedule.choices, choices);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seed) * 31 + Arrays.hashCode(choices);
    }

    /// The text that [#parse] reads: letters, digits, `-` and `_`.
    @Override
    public String toString() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(VERSION);
        boolean hasLimits = !limits.equals(Limits.DEFAULT);
        bytes.write(freedom.bits() | (hasLimits ? HAS_LIMITS : 0));
        if (hasLimits) {
            write(bytes, limits.maxSteps());
            write(bytes, limits.maxTimeNs());
            write(bytes, limits.earlyWithinNs());
        }
        write(bytes, seed);
        for (int i = 0; i < choices.length; ) {
            int zeros = i;
            while (zeros < choices.length && choices[zeros] == 0) {
                zeros++;
            }
            if (zeros > i) {
                write(bytes, ((long) (zeros - i) << 1) | 1);
                i = zeros;
            } else {
                write(bytes, (long) choices[i++] << 1);
            }
        }
        bytes.write(check(bytes.toByteArray(), bytes.size()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    private static void write(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    /// One byte that shows most slips of a copy.
    private static int check(byte[] bytes, int length) {
        int sum = 7;
        for (int i = 0; i < length; i++) {
            sum = sum * 31 + bytes[i];
        }
        return (sum ^ (sum >>> 8) ^ (sum >>> 16)) & 0xFF;
    }

    private static IllegalArgumentException refusal(String text, Throwable cause) {
        return new IllegalArgumentException(
                "a schedule must be a text that a failure of this version has printed: schedule="
                        + text,
                cause);
    }

    private static final class Reader {
        private final byte[] bytes;
        private int next;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Schedule read() {
            int end = bytes.length - 1;
            int version = bytes[next++];
            int bits = bytes[next++];
            if (version != VERSION || (bytes[end] & 0xFF) != check(bytes, end) || bits < 0) {
                throw new IndexOutOfBoundsException("no schedule of this version");
            }
            Limits limits =
                    (bits & HAS_LIMITS) == 0
                            ? Limits.DEFAULT
                            : new Limits(readLong(), readLong(), readLong());
            long seed = readLong();
            Tape tape = new Tape();
            while (next < end) {
                long value = readLong();
                if ((value & 1) == 0) {
                    tape.add((int) (value >>> 1));
                    continue;
                }
                for (long i = value >>> 1; i > 0 && tape.size() < MOST_CHOICES; i--) {
                    tape.add(0);
                }
            }
            return new Schedule(seed, Freedom.ofBits(bits), limits, tape.trimmed());
        }

        private long readLong() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                int part = bytes[next++];
                value |= (long) (part & 0x7F) << shift;
                if (part >= 0) {
                    return value;
                }
            }
        }
    }
}
