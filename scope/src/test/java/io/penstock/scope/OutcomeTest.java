// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    @Test
    void givesTheValueOfWorkThatReturned() throws Exception {
        Outcome<String> ok = new Outcome.Ok<>("value");

        assertThat(ok.get()).isEqualTo("value");
        assertThat(ok.isOk()).isTrue();
        assertThat(ok.isGivenUp()).isFalse();
    }

    @Test
    void throwsTheFailureAsACause() {
        Outcome<String> failed = new Outcome.Failed<>(new IllegalStateException("broken"));

        assertThatThrownBy(failed::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken");
        assertThat(failed.isOk()).isFalse();
        assertThat(failed.isGivenUp()).isFalse();
    }

    @Test
    void throwsWhatWorkWasGivenUpFor() {
        assertThatThrownBy(() -> Outcome.timedOut().get()).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> Outcome.cancelled().get())
                .isInstanceOf(CancellationException.class);
        assertThat(Outcome.timedOut()).isEqualTo(new Outcome.TimedOut<>());
        assertThat(Outcome.timedOut().isGivenUp()).isTrue();
        assertThat(Outcome.cancelled().isGivenUp()).isTrue();
    }
}
