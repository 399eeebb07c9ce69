// SPDX-License-Identifier: Apache-2.0

/// Instruments, market events and the views that read them, the tape, and order books.
package io.penstock.market;
