// SPDX-License-Identifier: Apache-2.0

/// Bounded hand-offs between threads, their exact accounts, and the scheduler they wait with.
///
/// A ring and its two sides:
///
/// ```text
///                 head                     tail        committed
///                  |                        |              |
///        +----+----+----+----+----+----+----+----+----+----+----+----+
///        |    |    |####|####|####|####|####|::::|::::|::::|    |    |
///        +----+----+----+----+----+----+----+----+----+----+----+----+
///         free      published, unread        committed      free
///
///  receiver: await, peek, release, drain      sender: tryClaim, commit, flush, send
///            writes head, reads tail                  writes committed and tail, reads head
/// ```
///
/// A channel is the same for objects, with any number of strands on either side. All wait through a
/// [Scheduler][io.penstock.channel.Scheduler], which is the machine's or a simulated one. Locks are
/// short, and held only where many strands park and where items are merged.
package io.penstock.channel;
