// SPDX-License-Identifier: Apache-2.0

/// Measures the kit beside its rivals: each variant in a virtual machine of its own, rounds that
/// interleave all of them, and ratios with their spread.
@NullMarked
package io.penstock.benchmarks.rivals;

import org.jspecify.annotations.NullMarked;
