// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Writes JSON, one value after the other, that is also safe inside an HTML `script` element: what
/// could end the element or begin a comment is escaped. A number that is not finite becomes null.
/// Confined to one thread; the caller keeps objects and arrays balanced.
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final Appendable out;
    private boolean needsComma;

    /// @param out where it is written
    public JsonWriter(Appendable out) {
        this.out = out;
    }

    /// Begins an object or an array.
    public JsonWriter open(char bracket) throws IOException {
        separate();
        out.append(bracket);
        needsComma = false;
        return this;
    }

    /// Ends it.
    public JsonWriter close(char bracket) throws IOException {
        out.append(bracket);
        needsComma = true;
        return this;
    }

    /// The name of the next value of an object.
    public JsonWriter name(String name) throws IOException {
        text(name);
        out.append(':');
        needsComma = false;
        return this;
    }

    /// A string; null is JSON's null.
    public JsonWriter text(@Nullable String text) throws IOException {
        separate();
        if (text == null) {
            out.append("null");
            return this;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
        return this;
    }

    /// A whole number.
    public JsonWriter number(long number) throws IOException {
        separate();
        out.append(Long.toString(number));
        return this;
    }

    /// A number; null when it is not finite.
    public JsonWriter number(double number) throws IOException {
        if (Double.isFinite(number) && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return number((long) number);
        }
        separate();
        out.append(Double.isFinite(number) ? Double.toString(number) : "null");
        return this;
    }

    /// A decimal, exact.
    public JsonWriter number(BigDecimal number) throws IOException {
        separate();
        out.append(number.toPlainString());
        return this;
    }

    /// True or false.
    public JsonWriter bool(boolean bool) throws IOException {
        separate();
        out.append(bool ? "true" : "false");
        return this;
    }

    /// An array of whole numbers.
    public JsonWriter numbers(long[] numbers) throws IOException {
        open('[');
        for (long number : numbers) {
            number(number);
        }
        return close(']');
    }

    /// An array of numbers.
    public JsonWriter numbers(double[] numbers) throws IOException {
        open('[');
        for (double number : numbers) {
            number(number);
        }
        return close(']');
    }

    private void separate() throws IOException {
        if (needsComma) {
            out.append(',');
        }
        needsComma = true;
    }

    private void character(char c) throws IOException {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            default -> {
                if (c >= ' ' && c < 0x7f && c != '<' && c != '>' && c != '&') {
                    out.append(c);
                } else {
                    out.append("\\u");
                    for (int shift = 12; shift >= 0; shift -= 4) {
                        out.append(HEX.charAt(c >> shift & 0xf));
                    }
                }
            }
        }
    }
}
