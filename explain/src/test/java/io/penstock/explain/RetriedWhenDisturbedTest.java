// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.explain.RetriedWhenDisturbed.Usage;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RetriedWhenDisturbedTest {
    private final AssertionError failure = new AssertionError("not COMPUTING");
    private Usage now = new Usage(0, 0, 0);
    private int runs;
    private final RetriedWhenDisturbed retried = new RetriedWhenDisturbed(() -> now);

    private void passes(long busy, long own) {
        now = new Usage(now.busy() + busy, now.all() + 200, now.own() + own);
    }

    @Test
    void failsWhenNobodyDisturbed() {
        passes(110, 100);
        assertThatThrownBy(() -> retried.handle(() -> runs++, failure)).isSameAs(failure);
        assertThat(runs).isZero();
    }

    @Test
    void passesWhenItPassesUndisturbed() {
        passes(180, 100);
        assertThatCode(() -> retried.handle(() -> runs++, failure)).doesNotThrowAnyException();
        assertThat(runs).isOne();
    }

    @Test
    void failsAtTheFirstTryThatNobodyDisturbed() {
        passes(180, 100);
        assertThatThrownBy(() -> retried.handle(this::failsInTheThirdQuietly, failure))
                .hasMessage("run 3");
        assertThat(runs).isEqualTo(3);
    }

    private void failsInTheThirdQuietly() {
        runs++;
        passes(runs < 3 ? 200 : 100, 100);
        throw new AssertionError("run " + runs);
    }

    @Test
    void isAbortedWhenItIsDisturbedEachTime() {
        passes(200, 100);
        assertThatThrownBy(
                        () ->
                                retried.handle(
                                        () -> {
                                            runs++;
                                            passes(200, 100);
                                            throw failure;
                                        },
                                        failure))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("50 %")
                .hasMessageContaining("not COMPUTING");
        assertThat(runs).isEqualTo(7);
    }

    @Test
    void takesNothingButAFailedClaimForDisturbed() {
        passes(200, 0);
        IOException broken = new IOException();
        assertThatThrownBy(() -> retried.handle(() -> runs++, broken)).isSameAs(broken);
        assertThat(runs).isZero();
    }

    @Test
    void readsWhatTheKernelTells() {
        Usage usage = Usage.parse("cpu  100 20 30 4000 500 6 7 8 0 0", 1_230_000_000);
        assertThat(usage).isEqualTo(new Usage(171, 4671, 123));
        assertThat(usage.foreignSince(new Usage(0, 0, 0))).isBetween(0.0102, 0.0103);
        assertThat(usage.foreignSince(usage)).isZero();
    }
}
