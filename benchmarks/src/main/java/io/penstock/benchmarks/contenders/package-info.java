// SPDX-License-Identifier: Apache-2.0

/// What is measured: the kit, its rivals and plain JDK at the same work.
@NullMarked
package io.penstock.benchmarks.contenders;

import org.jspecify.annotations.NullMarked;
