// SPDX-License-Identifier: Apache-2.0

/// The meters of a run, in a registry of Micrometer.
package io.penstock.micrometer;
