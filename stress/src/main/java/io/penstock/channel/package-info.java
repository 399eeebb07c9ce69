// SPDX-License-Identifier: Apache-2.0

/// What the hand-offs rely on in the Java memory model, tried on this machine by jcstress. In the
/// package of the classes that it tries, to reach the parts that are not public.
package io.penstock.channel;
