// SPDX-License-Identifier: Apache-2.0

/// What the tests of several modules share: recorded data and seeds.
@org.jspecify.annotations.NullMarked
package io.penstock.testing;
