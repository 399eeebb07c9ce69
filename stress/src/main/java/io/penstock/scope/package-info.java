// SPDX-License-Identifier: Apache-2.0

/// What the outcome of a task relies on in the Java memory model, tried by jcstress.
package io.penstock.scope;
