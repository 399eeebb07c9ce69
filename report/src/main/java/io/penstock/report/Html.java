// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// Writes HTML. Whatever comes from outside goes through [#text], which escapes it. Confined to one
/// thread.
final class Html {
    /// First character of a cell that holds a number.
    static final String NUMBER = "\u0001";

    private final StringBuilder out = new StringBuilder(1 << 16);

    /// Adds markup of our own as it is.
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Adds text, escaped for content and for quoted attributes.
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return this;
    }

    /// Adds an element that holds nothing but text.
    ///
    /// @param tag name of the element, with its attributes if it has any
    Html element(String tag, String text) {
        int end = tag.indexOf(' ');
        return raw("<" + tag + ">")
                .text(text)
                .raw("</" + (end < 0 ? tag : tag.substring(0, end)) + ">");
    }

    /// Begins a table that scrolls by itself where it is too wide. Columns whose title begins with
    /// `#` hold numbers.
    Html beginTable(String caption, String... columns) {
        raw("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"").text(caption);
        raw("\"><table>").element("caption", caption).raw("<thead><tr>");
        for (String column : columns) {
            boolean isNumber = column.startsWith("#");
            element(
                    isNumber ? "th scope=\"col\" class=\"n\"" : "th scope=\"col\"",
                    isNumber ? column.substring(1) : column);
        }
        return raw("</tr></thead><tbody>");
    }

    /// Adds a row; a cell that begins with [#NUMBER] is a number.
    Html row(String head, String... cells) {
        raw("<tr>").element("th scope=\"row\"", head);
        for (String cell : cells) {
            boolean isNumber = cell.startsWith(NUMBER);
            element(isNumber ? "td class=\"n\"" : "td", isNumber ? cell.substring(1) : cell);
        }
        return raw("</tr>");
    }

    Html endTable() {
        return raw("</tbody></table></div>");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
