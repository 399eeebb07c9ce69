// SPDX-License-Identifier: Apache-2.0

/// Bounded hand-offs between threads, their exact accounts, and the scheduler they wait with.
package io.penstock.channel;
