// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

/// What the stages of a session share.
record SessionParts(SessionEdges edges, SessionControl control) {}
