// SPDX-License-Identifier: Apache-2.0
package io.penstock.trading;

import static io.penstock.strategy.OrderState.ACCEPTED;
import static io.penstock.strategy.OrderState.CANCELLED;
import static io.penstock.strategy.OrderState.EXPIRED;
import static io.penstock.strategy.OrderState.FILLED;
import static io.penstock.strategy.OrderState.NEW;
import static io.penstock.strategy.OrderState.PARTIALLY_FILLED;
import static io.penstock.strategy.OrderState.PENDING_CANCEL;
import static io.penstock.strategy.OrderState.PENDING_REPLACE;
import static io.penstock.strategy.OrderState.REJECTED;
import static io.penstock.strategy.OrderState.REPLACED;
import static io.penstock.strategy.OrderState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.strategy.OrderState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OrderTransitionsTest {
    private static final Set<OrderInput> SENT =
            EnumSet.of(OrderInput.CANCEL_SENT, OrderInput.REPLACE_SENT);
    private static final Set<OrderInput> FILLS =
            EnumSet.of(OrderInput.PARTIAL_FILL, OrderInput.FULL_FILL);

    @Test
    void everyStateHasExactlyOneAnswerToEveryInput() {
        for (OrderState state : OrderState.values()) {
            for (OrderInput input : OrderInput.values()) {
                boolean isIgnored = OrderTransitions.isIgnored(state, input);
                boolean isIllegal = OrderTransitions.isIllegal(state, input);
                assertThat(isIgnored && isIllegal).isFalse();
                OrderState next = OrderTransitions.next(state, input, 0);
                assertThat(next).isNotNull();
                if (isIgnored || isIllegal) {
                    assertThat(next).as("%s %s", state, input).isEqualTo(state);
                }
            }
        }
    }

    @Test
    void anEndedOrderChangesByLateFillsOnly() {
        for (OrderState state : OrderState.values()) {
            for (OrderInput input : OrderInput.values()) {
                OrderState next = OrderTransitions.next(state, input, 5);
                boolean isLate = OrderTransitions.isLate(state, input);
                assertThat(isLate)
                        .as("%s %s", state, input)
                        .isEqualTo(state.isTerminal() && FILLS.contains(input));
                if (state.isTerminal() && input != OrderInput.FULL_FILL) {
                    assertThat(next).as("%s %s", state, input).isEqualTo(state);
                }
                if (state.isTerminal()) {
                    assertThat(next.isTerminal()).isTrue();
                }
            }
        }
    }

    @Test
    void aFillIsNeverIgnoredOrIllegal() {
        for (OrderState state : OrderState.values()) {
            for (OrderInput fill : FILLS) {
                assertThat(OrderTransitions.isIgnored(state, fill)).isFalse();
                assertThat(OrderTransitions.isIllegal(state, fill)).isFalse();
            }
            if (state != REPLACED) {
                assertThat(next(state, OrderInput.FULL_FILL)).isEqualTo(FILLED);
            }
        }
        assertThat(next(REPLACED, OrderInput.FULL_FILL)).isEqualTo(REPLACED);
    }

    @Test
    void requestsAreSentForOpenOrdersOnlyAndOneReplaceAtATime() {
        for (OrderState state : OrderState.values()) {
            for (OrderInput input : SENT) {
                boolean isAllowed = !OrderTransitions.isIllegal(state, input);
                boolean isOneReplace =
                        input == OrderInput.CANCEL_SENT
                                || EnumSet.of(NEW, ACCEPTED, PARTIALLY_FILLED).contains(state);
                assertThat(isAllowed)
                        .as("%s %s", state, input)
                        .isEqualTo(!state.isTerminal() && isOneReplace);
            }
        }
    }

    @Test
    void aPendingOrderStaysPendingUntilItIsAnsweredOrWhole() {
        for (OrderState state : EnumSet.of(PENDING_CANCEL, PENDING_REPLACE)) {
            assertThat(next(state, OrderInput.ACCEPTED)).isEqualTo(state);
            assertThat(next(state, OrderInput.PARTIAL_FILL)).isEqualTo(state);
            assertThat(next(state, OrderInput.TRIGGERED)).isEqualTo(state);
            assertThat(next(state, OrderInput.TIMEOUT)).isEqualTo(UNKNOWN);
            assertThat(next(state, OrderInput.NOT_FOUND)).isEqualTo(UNKNOWN);
        }
        assertThat(OrderTransitions.next(PENDING_CANCEL, OrderInput.CANCEL_REJECTED, 0))
                .isEqualTo(ACCEPTED);
        assertThat(OrderTransitions.next(PENDING_CANCEL, OrderInput.CANCEL_REJECTED, 3))
                .isEqualTo(PARTIALLY_FILLED);
        assertThat(OrderTransitions.next(PENDING_REPLACE, OrderInput.REPLACE_REJECTED, 0))
                .isEqualTo(ACCEPTED);
        assertThat(OrderTransitions.next(PENDING_REPLACE, OrderInput.REPLACE_REJECTED, 3))
                .isEqualTo(PARTIALLY_FILLED);
        assertThat(next(PENDING_CANCEL, OrderInput.REPLACED)).isEqualTo(REPLACED);
    }

    @Test
    void endsEndOpenOrders() {
        for (OrderState state : OrderState.values()) {
            if (!state.isTerminal()) {
                assertThat(next(state, OrderInput.CANCELLED)).isEqualTo(CANCELLED);
                assertThat(next(state, OrderInput.EXPIRED)).isEqualTo(EXPIRED);
                assertThat(next(state, OrderInput.REJECTED))
                        .isEqualTo(state == PARTIALLY_FILLED ? state : REJECTED);
                assertThat(next(state, OrderInput.REPLACED))
                        .isEqualTo(state == NEW ? state : REPLACED);
            }
        }
    }

    @Test
    void everythingThatSaysHowAnOrderStandsEndsUnknown() {
        for (OrderInput input : OrderInput.values()) {
            boolean saysNothing =
                    SENT.contains(input)
                            || input == OrderInput.TIMEOUT
                            || input == OrderInput.NOT_FOUND;
            assertThat(next(UNKNOWN, input) == UNKNOWN).as("%s", input).isEqualTo(saysNothing);
        }
        assertThat(OrderTransitions.next(UNKNOWN, OrderInput.ACCEPTED, 0)).isEqualTo(ACCEPTED);
    }

    @Test
    void onlyOrdersThatWaitForAnAnswerTimeOut() {
        Set<OrderState> waiting = EnumSet.of(NEW, PENDING_CANCEL, PENDING_REPLACE);
        for (OrderState state : OrderState.values()) {
            boolean timesOut = !OrderTransitions.isIgnored(state, OrderInput.TIMEOUT);
            assertThat(timesOut).as("%s", state).isEqualTo(waiting.contains(state));
        }
    }

    @Test
    void theDocumentShowsTheTableInUse() throws Exception {
        Path source = Path.of("src/main/java/io/penstock/trading/OrderTransitions.java");
        String documented =
                Files.readAllLines(source).stream()
                        .dropWhile(line -> !line.equals("/// ```"))
                        .skip(1)
                        .takeWhile(line -> !line.equals("/// ```"))
                        .map(line -> line.substring(4))
                        .collect(Collectors.joining("\n"));
        assertThat(documented.strip()).isEqualTo(OrderTransitions.TABLE.strip());
    }

    private static OrderState next(OrderState state, OrderInput input) {
        return OrderTransitions.next(state, input, 1);
    }
}
