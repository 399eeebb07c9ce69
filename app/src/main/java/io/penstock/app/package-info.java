// SPDX-License-Identifier: Apache-2.0

/// The `penstock` command and its progress display.
package io.penstock.app;
