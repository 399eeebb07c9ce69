// SPDX-License-Identifier: Apache-2.0

/// Bounded pipelines: an immutable description, the plan that it makes, and its run.
package io.penstock.pipeline;
