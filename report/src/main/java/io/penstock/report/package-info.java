// SPDX-License-Identifier: Apache-2.0

/// The result of a run as records, and what renders it: text for a terminal, JSON for programs and
/// one HTML page for people.
package io.penstock.report;
