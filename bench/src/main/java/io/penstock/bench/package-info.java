// SPDX-License-Identifier: Apache-2.0

/// Measures the speed of the parts, each beside a hand-written loop over the same bytes.
package io.penstock.bench;
