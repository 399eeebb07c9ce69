// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// What several runs with different numbers of workers say about the next one.
public sealed interface Scalability permits ScalabilityLaw, Scalability.Refused {

    /// The points do not allow a fit.
    ///
    /// @param why which rule they break, with the numbers
    record Refused(String why) implements Scalability {}
}
