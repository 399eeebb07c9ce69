// SPDX-License-Identifier: Apache-2.0

/// What limits a pipeline, why, and what to do about it, with numbers.
package io.penstock.explain;
