// SPDX-License-Identifier: Apache-2.0

/// The `penstock` command, its reports and its progress display.
package io.penstock.app;
