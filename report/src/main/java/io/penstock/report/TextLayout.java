// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import java.util.ArrayList;
import java.util.List;

/// Lays out text for a terminal of 80 columns. Characters that could steer the terminal are
/// replaced. Confined to one thread.
public final class TextLayout {
    private static final int WIDTH = 80;
    private static final int NAME_WIDTH = 14;
    private static final char NO_BREAK = '\u00a0';

    private final StringBuilder out = new StringBuilder();

    /// Without a line yet.
    public TextLayout() {}

    /// A line with something at its right end.
    public TextLayout title(String left, String right) {
        String clean = clean(left);
        int room = WIDTH - right.length() - 2;
        out.append(clean.length() > room ? clean.substring(0, room) : clean);
        out.repeat(' ', Math.max(2, WIDTH - Math.min(clean.length(), room) - right.length()));
        out.append(right).append('\n');
        return this;
    }

    /// An empty line.
    public TextLayout blank() {
        out.append('\n');
        return this;
    }

    /// A name and what it is, broken at spaces where it is too long for a line.
    public TextLayout entry(String name, String value) {
        String indent = " ".repeat(NAME_WIDTH + 2);
        List<String> lines = broken(clean(value), WIDTH - indent.length());
        String label = clean(name);
        out.append("  ").append(label);
        if (label.length() >= NAME_WIDTH) {
            out.append('\n').append(indent);
        } else {
            out.repeat(' ', NAME_WIDTH - label.length());
        }
        out.append(String.join("\n" + indent, lines).replace(NO_BREAK, ' ')).append('\n');
        return this;
    }

    /// Rows in columns as wide as they need: the first to the left, the others to the right.
    public TextLayout columns(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], clean(row[i]).length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < row.length; i++) {
                String cell = clean(row[i]);
                int pad = widths[i] - cell.length();
                line.append(i == 0 ? "" : "  ").repeat(' ', i == 0 ? 0 : pad).append(cell);
                line.repeat(' ', i == 0 ? pad : 0);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return this;
    }

    private static List<String> broken(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /// The text as one word: a line is not broken inside it.
    static String together(String text) {
        return text.replace(' ', NO_BREAK);
    }

    /// The text with a question mark for every control character.
    public static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
