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
///
/// A worker process has its place here as a strand that shares nothing with the others: what
/// becomes of its messages, and its death, are choices like the rest (ADR 0008).
package io.penstock.simulation;
