// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

/// What a scope does about work that still runs after the time of grace, once it has reported it.
public enum WhenStuck {
    /// Goes on waiting, and reports again each time that the wait has doubled.
    WAIT,
    /// Returns. What still runs is on its own.
    LEAVE
}
