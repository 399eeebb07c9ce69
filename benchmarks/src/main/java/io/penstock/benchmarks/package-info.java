// SPDX-License-Identifier: Apache-2.0

/// JMH benchmarks of the modules, each beside a hand-written loop over the same bytes as its floor.
@NullMarked
package io.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
