// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

/// One setting of a run, as people read it.
///
/// @param name what it sets, such as `order latency` or `taker fee`
/// @param value its value with its unit, such as `500 us` or `0.02 %`
public record Setting(String name, String value) {}
