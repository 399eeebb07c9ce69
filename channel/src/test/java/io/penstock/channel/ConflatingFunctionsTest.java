// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the key and the merge function of a channel may do wrong.
@Timeout(10)
class ConflatingFunctionsTest {
    private final Scheduler scheduler = Scheduler.real();

    /// Equal by its first letter, unless it is told to fail.
    private record Key(String item) {
        @Override
        public boolean equals(Object other) {
            if (item.contains("equals")) {
                throw new IllegalArgumentException(item);
            }
            return other instanceof Key key && key.item.charAt(0) == item.charAt(0);
        }

        @Override
        public int hashCode() {
            if (item.contains("hashCode")) {
                throw new IllegalArgumentException(item);
            }
            return item.charAt(0);
        }
    }

    private static @Nullable Key key(String item) {
        if (item.contains("key throws")) {
            throw new IllegalArgumentException(item);
        }
        return item.contains("key is null") ? null : new Key(item);
    }

    private static @Nullable String merge(String unread, String item) {
        if (item.contains("merge throws")) {
            throw new IllegalArgumentException(item);
        }
        return item.contains("merge is null") ? null : item;
    }

    private void inAnotherStrand(Runnable body) {
        Strand strand = scheduler.start("other", StrandKind.VIRTUAL, body);
        assertThat(scheduler.join(strand, Scheduler.NO_DEADLINE)).isTrue();
    }

    private void assertRefused(String item, String function, String cause) {
        Channel<String> channel =
                Channel.<String>builder("ticks", 2)
                        .conflate(ConflatingFunctionsTest::key, ConflatingFunctionsTest::merge)
                        .build();
        channel.send("a 1");
        channel.send("b 1");
        EdgeStatistics before = channel.statistics();
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> channel.send(item))
                    .withMessage(function + " must not fail: channel=ticks")
                    .havingCause()
                    .withMessage(cause);
        }
        assertThat(channel.statistics()).isEqualTo(before);
        inAnotherStrand(() -> channel.send("a 2")); // nobody holds the lock
        assertThat(channel.receive()).isEqualTo("a 2");
        assertThat(channel.receive()).isEqualTo("b 1");
        assertThat(channel.statistics().isBalanced()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "merge"})
    void tellWhichOfThemThrew(String function) {
        String item = "a " + function + " throws";
        assertRefused(item, function, item);
    }

    @Test
    void tellThatTheyGaveNull() {
        assertRefused("a key is null", "key", "null as a key");
        assertRefused("a merge is null", "merge", "null as a merged item");
    }

    @Test
    void tellThatAKeyIsNoValue() {
        assertRefused("a equals", "equals of a key", "a equals");
        assertRefused("a hashCode", "hashCode of a key", "a hashCode");
    }

    @Test
    void letErrorsThrough() {
        AssertionError error = new AssertionError("no");
        Channel<String> channel =
                Channel.<String>builder("ticks", 2)
                        .conflate(
                                Key::new,
                                (_, _) -> {
                                    throw error;
                                })
                        .build();
        channel.send("a 1");
        assertThatThrownBy(() -> channel.send("a 2")).isSameAs(error);
        inAnotherStrand(() -> assertThat(channel.receive()).isEqualTo("a 1"));
        assertThat(channel.statistics().isBalanced()).isTrue();
    }
}
