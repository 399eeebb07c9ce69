// SPDX-License-Identifier: Apache-2.0
package io.penstock.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.simulation.SimulatedScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {
    private static final ScopedValue<String> USER = ScopedValue.newInstance();
    private static final ScopedValue<String> TRACE = ScopedValue.newInstance();

    private final SimulatedScheduler scheduler = SimulatedScheduler.ordinary();
    private final ScopeOptions options = ScopeOptions.on(scheduler);

    @Test
    void holdsOneValueForEachKey() {
        Context context = Context.EMPTY.with(USER, "ann").with(TRACE, "t1").with(USER, "bob");

        assertThat(context.find(USER)).contains("bob");
        assertThat(context.find(TRACE)).contains("t1");
        assertThat(context.size()).isEqualTo(2);
        assertThat(Context.EMPTY.find(USER)).isEmpty();
        assertThat(context.with(Context.EMPTY.with(TRACE, "t2")).find(TRACE)).contains("t2");
    }

    @Test
    void isBoundWhileItRunsSomething() {
        Context context = Context.EMPTY.with(USER, "ann");
        context.run(() -> assertThat(USER.get()).isEqualTo("ann"));
        Context.EMPTY.run(() -> assertThat(USER.isBound()).isFalse());
        assertThat(USER.isBound()).isFalse();
    }

    @Test
    void capturesWhatIsBound() {
        ScopedValue.where(USER, "ann")
                .run(
                        () -> {
                            Context context = Context.capture(List.of(USER, TRACE));
                            assertThat(context.find(USER)).contains("ann");
                            assertThat(context.find(TRACE)).isEmpty();
                        });
    }

    @Test
    void goesWithEveryFork() throws Exception {
        ScopeOptions withUser = options.context(Context.EMPTY.with(USER, "ann"));
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", withUser)) {
                        assertThat(scope.fork("reads", USER::get).get()).isEqualTo("ann");
                        assertThat(scope.fork("nests", this::readNested).get()).isEqualTo("ann t1");
                        assertThat(Context.current().find(USER)).contains("ann");
                    }
                    assertThat(Context.current()).isSameAs(Context.EMPTY);
                });
    }

    @Test
    void takesOverWhatTheForkingStrandHasBound() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    try (Scope scope = Scope.open("s", options.carrying(USER))) {
                        Task<String> bound =
                                ScopedValue.where(USER, "ann")
                                        .call(() -> scope.fork("bound", USER::get));
                        Task<Boolean> unbound = scope.fork("unbound", USER::isBound);
                        assertThat(bound.get()).isEqualTo("ann");
                        assertThat(unbound.get()).isFalse();
                    }
                });
    }

    @Test
    void prefersWhatTheNestedScopeSaysToWhatIsTakenOver() throws Exception {
        Context nested = Context.EMPTY.with(USER, "nested");
        Calm.run(
                scheduler,
                () -> {
                    try (Scope outer = Scope.open("outer", options.carrying(USER))) {
                        Task<String> user =
                                ScopedValue.where(USER, "outer")
                                        .call(() -> outer.fork("in", () -> userIn(nested)));
                        assertThat(user.get()).isEqualTo("nested");
                    }
                });
    }

    private String userIn(Context context) throws Exception {
        try (Scope scope = Scope.open("nested", options.context(context))) {
            return scope.fork("user", USER::get).get();
        }
    }

    @Test
    void namesTheForkThatTheCallerIsIn() throws Exception {
        Calm.run(
                scheduler,
                () -> {
                    assertThat(Task.current()).isEmpty();
                    try (Scope scope = Scope.open("s", options)) {
                        Task<String> task =
                                scope.fork("me", () -> Task.current().orElseThrow().name());
                        assertThat(task.get()).isEqualTo("me");
                    }
                });
    }

    private String readNested() throws Exception {
        ScopeOptions withTrace = ScopeOptions.DEFAULT.context(Context.EMPTY.with(TRACE, "t1"));
        return Scope.call(
                "inner",
                withTrace,
                scope -> scope.fork("reads", () -> USER.get() + " " + TRACE.get()).get());
    }
}
