// SPDX-License-Identifier: Apache-2.0

/// Tests that run in thousands of interleavings: an extension of JUnit 6.
package io.penstock.simulation.junit;
