// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// Time that the threads of one name spent waiting for one kind of lock.
///
/// @param thread name of the thread
/// @param lock class of the object that they waited for
/// @param count waits
/// @param waitNs time in them
public record LockWait(String thread, String lock, long count, long waitNs) {}
