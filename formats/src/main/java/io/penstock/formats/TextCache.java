// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import org.jspecify.annotations.Nullable;

/// Gives the same `String` for the same characters, so that names that come again and again are not
/// allocated each time. Holds at most 512 names of at most 64 characters; others are made anew.
/// Confined to one strand.
final class TextCache {
    private static final int SLOTS = 1024;
    private static final int MAX_LENGTH = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];
    private int count;

    String of(char[] text, int offset, int length) {
        if (length > MAX_LENGTH) {
            return new String(text, offset, length);
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + text[offset + i];
        }
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        for (; ; slot = slot + 1 & SLOTS - 1) {
            String known = slots[slot];
            if (known == null) {
                break;
            }
            if (equal(known, text, offset, length)) {
                return known;
            }
        }
        String made = new String(text, offset, length);
        if (count < SLOTS / 2) {
            count++;
            slots[slot] = made;
        }
        return made;
    }

    private static boolean equal(String known, char[] text, int offset, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != text[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
