// SPDX-License-Identifier: Apache-2.0
package io.penstock.formats;

/// Is told how far a conversion is. Called by the strand that reads, every few thousand lines and
/// at the end of each pass.
@FunctionalInterface
public interface ConversionProgress {
    /// Tells nobody.
    ConversionProgress NONE = (pass, passes, bytes, totalBytes) -> {};

    /// Takes how far it is.
    ///
    /// @param pass the pass over the data, from 1: the first finds instruments, streams and units,
    ///   the last decodes
    /// @param passes how many there are
    /// @param bytes bytes of the files read in this pass, as stored (compressed)
    /// @param totalBytes bytes of the files, as stored
    void at(int pass, int passes, long bytes, long totalBytes);
}
