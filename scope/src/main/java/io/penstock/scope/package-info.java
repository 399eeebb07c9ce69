// SPDX-License-Identifier: Apache-2.0

/// Concurrent work with a beginning, a deadline and an end: scopes, the outcomes of what they fork,
/// and deadlines by the hundred thousand.
///
/// ```text
///  open ──▶ owner's work ───────────────▶ join ──▶ close   everything forked has ended
///             │ fork    │ fork                ▲
///             ▼         ▼                     │
///           task ─ ─ ─ task ─ ─ ─ outcome: ok, failed, timed out, cancelled
/// ```
package io.penstock.scope;
