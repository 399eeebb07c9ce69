// SPDX-License-Identifier: Apache-2.0

/// Every interleaving has a number: programs on the kit under a scheduler with virtual time, whose
/// choices come from a seed, are recorded, shrink and replay.
///
/// ```text
///   Simulation --> Explorer --> one SimulatedScheduler a run --> Trace, Outcome
///                     |              |  asks at every choice
///                     |              v
///                  Shrinker       Choices: random | of a tape | of a search --> Tape
/// ```
package io.penstock.simulation;
