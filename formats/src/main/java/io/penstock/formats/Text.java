// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// Makes text that comes from data fit for a message of one line.
final class Text {
    private Text() {}

    /// The name of a field with its article, such as `an order id`.
    static String article(String name) {
        return ("aeiou".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    /// The text with a question mark for each control character and line separator.
    static String printable(String text) {
        StringBuilder result = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                if (result == null) {
                    result = new StringBuilder(text);
                }
                result.setCharAt(i, '?');
            }
        }
        return result == null ? text : result.toString();
    }
}
