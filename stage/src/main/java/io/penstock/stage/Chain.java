// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.util.List;

/// The links of a group, built: two ways in, to the same functions and the same state. Confined to
/// the strand of the group.
///
/// @param head the way of almost every item
/// @param timedHead the way of the items whose time is taken
/// @param links of the first way, each before those that it feeds
/// @param counting links of both ways whose counts others read
/// @param outlets all edges that the chain puts into
public record Chain(
        Head head, Head timedHead, List<Link> links, List<Link> counting, List<Outlet> outlets) {
    public Chain {
        links = List.copyOf(links);
        counting = List.copyOf(counting);
        outlets = List.copyOf(outlets);
    }
}
