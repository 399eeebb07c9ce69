// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

import java.util.Locale;

/// Something that is wrong in a recording and did not stop it from being read.
///
/// @param what what is wrong, and what was made of it
/// @param count records that have it
/// @param first the first of them, with its place
public record Finding(String what, long count, String first) {
    /// Such as `quotes without a price, left out: 3; the first: a.gz: line 7: ...`.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %,d; the first: %s", what, count, first);
    }
}
