// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

/// What settles a scope before all of its forks have ended.
enum CancelOn {
    FAILURE,
    SUCCESS,
    NOTHING
}
