// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.channel.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkClassesTest {
    private final Ending ending = new Ending(() -> {});
    private final StageMeter meter = new StageMeter("stage", null);
    private final StageGuard guard = new StageGuard(meter, ending, Scheduler.real(), (_, _) -> {});

    /// The links of a chain of two maps and a sink, from the last to the first.
    private List<Link> chain(Links links, List<Object> results) {
        Link sink = links.sink(results::add, guard);
        Link second = links.map(item -> item + "!", guard, sink);
        Link first = links.map(item -> "<" + item, guard, second);
        return List.of(sink, second, first, links.head(ending, guard, first));
    }

    private static List<Class<?>> classes(List<Link> chain) {
        List<Class<?>> classes = new ArrayList<>();
        chain.forEach(link -> classes.add(link.getClass()));
        return classes;
    }

    @Test
    void givesEachShapeAndEachPlaceAClassOfItsOwn() {
        LinkClasses all = new LinkClasses(8);
        List<Class<?>> one = classes(chain(all.linksFor("one"), new ArrayList<>()));
        List<Class<?>> other = classes(chain(all.linksFor("other"), new ArrayList<>()));
        List<Class<?>> both = new ArrayList<>(one);
        both.addAll(other);
        assertThat(both).doesNotHaveDuplicates().allMatch(Class::isHidden);
        assertThat(all.size()).isEqualTo(2);
    }

    @Test
    void sharesTheClassesOfOneShape() {
        LinkClasses all = new LinkClasses(8);
        assertThat(classes(chain(all.linksFor("one"), new ArrayList<>())))
                .isEqualTo(classes(chain(all.linksFor("one"), new ArrayList<>())));
        assertThat(all.size()).isEqualTo(1);
    }

    @Test
    void fallsBackToSharedClassesWhenThereAreManyShapes() {
        LinkClasses all = new LinkClasses(1);
        assertThat(all.linksFor("one")).isInstanceOf(ClonedLinks.class);
        assertThat(all.linksFor("other")).isInstanceOf(SharedLinks.class);
        assertThat(all.linksFor("one")).isInstanceOf(ClonedLinks.class);
        assertThat(all.size()).isEqualTo(all.capacity());
        assertThat(classes(chain(all.linksFor("other"), new ArrayList<>())))
                .containsExactly(SinkLink.class, MapLink.class, MapLink.class, HeadLink.class);
    }

    @Test
    void doesTheSameWithEitherClasses() {
        for (int capacity : new int[] {0, 1}) {
            List<Object> results = new ArrayList<>();
            Link head = chain(new LinkClasses(capacity).linksFor("one"), results).getLast();
            head.accept("a");
            head.accept("b");
            head.publish();
            assertThat(results).containsExactly("<a!", "<b!");
            assertThat(head.published()).isEqualTo(2);
        }
    }

    @Test
    void tellsFunctionsOfDifferentClassesApart() {
        Object one = new Object();
        assertThat(LinkClasses.nameOf(one)).isEqualTo(LinkClasses.nameOf(new Object()));
        assertThat(LinkClasses.nameOf(one)).isNotEqualTo(LinkClasses.nameOf("text"));
    }

    @Test
    void clonesEveryKindOfLink() {
        Links links = new LinkClasses(1).linksFor("all");
        TokenBucket bucket = new TokenBucket(Scheduler.real(), Rate.perSecond(1));
        Link end = links.end();
        List<Object> made =
                List.of(
                        end,
                        links.pass(end),
                        links.filter(_ -> true, guard, end),
                        links.flatMap((item, out) -> out.emit(item), guard, end),
                        links.step(item -> item, guard, end),
                        links.limit(bucket, List.of(), guard, end),
                        links.batch(new Bundle(2, Long.MAX_VALUE), guard, end),
                        links.unbatch(guard, end),
                        links.broadcast(List.of(end)),
                        links.iterable(List.of(), ending),
                        links.supplier(() -> null, ending));
        assertThat(made).allMatch(part -> part.getClass().isHidden());
    }
}
