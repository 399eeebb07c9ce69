// SPDX-License-Identifier: Apache-2.0

/// Every interleaving has a number: a seeded scheduler with virtual time.
package io.penstock.simulation;
