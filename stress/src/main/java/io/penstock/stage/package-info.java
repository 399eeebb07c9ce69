// SPDX-License-Identifier: Apache-2.0

/// What a ring of slots and the end of a run rely on in the Java memory model, tried by jcstress.
package io.penstock.stage;
