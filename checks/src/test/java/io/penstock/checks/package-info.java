// SPDX-License-Identifier: Apache-2.0

/// Rules that hold for the whole repository, as tests: where a rule needs an exception, it is a
/// line of [io.penstock.checks.Allowances] with its reason.
@NullMarked
package io.penstock.checks;

import org.jspecify.annotations.NullMarked;
