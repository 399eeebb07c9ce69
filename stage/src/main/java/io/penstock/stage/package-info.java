// SPDX-License-Identifier: Apache-2.0

/// What runs a stage: chains of links, the loops that drive them, the slot ring and the meters.
package io.penstock.stage;
