// SPDX-License-Identifier: Apache-2.0
package io.penstock.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.market.Side;
import io.penstock.testing.RecordedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The matching engine against scenarios that other projects wrote down as text.
class MatchingScenariosTest {
    private static final Pattern PLACES =
            Pattern.compile("places an (ASK|BID) order (\\d+) at (\\d+)@(\\d+) \\(type: (\\w+)");
    private static final Pattern MOVES =
            Pattern.compile("moves a price to (\\d+) of the order (\\d+)");
    private static final Pattern CANCELS =
            Pattern.compile("cancels the remaining size (\\d+) of the order (\\d+)");
    private static final Pattern MATCHED =
            Pattern.compile(
                    "The order (\\d+) is (partially|fully) matched\\. LastPx: (\\d+), LastQty:"
                            + " (\\d+)");

    /// One order book, and the commands on it.
    private static final class Session {
        final Map<Integer, VenueOrder> orders = new HashMap<>();
        final List<String> fills = new ArrayList<>();
        final MatchingEngine engine =
                new MatchingEngine(
                        RecordedEvents.INSTRUMENT,
                        (_, _) -> {},
                        (order, price, quantity, isMaker) -> {
                            order.filled += quantity;
                            if (isMaker) {
                                fills.add(order.owner + ":" + quantity + "@" + price);
                            }
                        });

        void place(int id, Side side, long price, long quantity, boolean mayRest) {
            VenueOrder order = new VenueOrder().limit(id, side, price, quantity);
            orders.put(id, order);
            execute(order, mayRest);
        }

        private void execute(VenueOrder order, boolean mayRest) {
            engine.take(order);
            if (order.left() > 0 && mayRest) {
                engine.rest(order);
            }
            engine.endPacket();
        }

        void delete(int id) {
            engine.remove(orders.remove(id));
            engine.endPacket();
        }

        /// A new price and total; what is filled stays filled.
        void change(int id, int newId, long price, long quantity) {
            VenueOrder order = orders.remove(id);
            engine.remove(order);
            order.owner = newId;
            order.price = price;
            order.quantity = quantity;
            orders.put(newId, order);
            execute(order, true);
        }

        /// From the highest ask to the lowest bid: `bid quantity|price|ask quantity`.
        List<String> book() {
            List<String> rows = new ArrayList<>();
            for (int i = engine.levels(Side.SELL) - 1; i >= 0; i--) {
                rows.add("|" + engine.price(Side.SELL, i) + "|" + engine.quantity(Side.SELL, i));
            }
            for (int i = 0; i < engine.levels(Side.BUY); i++) {
                rows.add(engine.quantity(Side.BUY, i) + "|" + engine.price(Side.BUY, i) + "|");
            }
            return rows;
        }
    }

    /// What should happen is said in the comments of the files: "fully matched", "half of the sell
    /// orders", each side's levels. Scenarios 7 and 8 are about orders with slippage and
    /// all-or-none, which there are none of here.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "01, '', ''",
                "02, '', ''",
                "03, '', ''",
                "04, 1:10@10, ''",
                "05, 1:10@10, ''",
                "06, 16:30@40 17:20@40 18:10@40 13:30@50 14:10@50,"
                        + " |60|60 |50|20 60|30| 60|20| 60|10|",
                "09, 3:30@30 2:20@20 1:10@10, ''",
            })
    void doesWhatTheScenariosOfCppTraderSay(String number, String fills, String book)
            throws IOException {
        Session session = new Session();
        var file = RecordedData.require("matching/cpptrader/scenario-" + number + ".txt");
        for (String line : Files.readAllLines(file)) {
            run(session, line.split("#", -1)[0].strip());
        }
        assertThat(String.join(" ", session.fills)).isEqualTo(fills);
        assertThat(String.join(" ", session.book())).isEqualTo(book);
    }

    private static void run(Session session, String command) {
        boolean mayRest = !command.contains(" ioc ");
        String[] words = command.replace(" ioc ", " ").split(" ", -1);
        switch (words[0] + (words.length > 1 ? " " + words[1] : "")) {
            case "add limit" ->
                    session.place(
                            Integer.parseInt(words[3]),
                            side(words[2]),
                            Long.parseLong(words[5]),
                            Long.parseLong(words[6]),
                            mayRest);
            case "add market" -> {
                Side side = side(words[2]);
                long anyPrice = side == Side.BUY ? Long.MAX_VALUE : 1;
                long quantity = Long.parseLong(words[5]);
                session.place(Integer.parseInt(words[3]), side, anyPrice, quantity, false);
            }
            case "reduce order" -> {
                VenueOrder order = session.orders.get(Integer.parseInt(words[2]));
                session.engine.reduce(order, order.quantity - Long.parseLong(words[3]));
                session.engine.endPacket();
            }
            case "modify order" ->
                    session.change(
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[2]),
                            Long.parseLong(words[3]),
                            Long.parseLong(words[4]));
            case "replace order" ->
                    session.change(
                            Integer.parseInt(words[2]),
                            Integer.parseInt(words[3]),
                            Long.parseLong(words[4]),
                            Long.parseLong(words[5]));
            case "delete order" -> session.delete(Integer.parseInt(words[2]));
            case "",
                    "enable matching",
                    "add symbol",
                    "add book",
                    "delete symbol",
                    "delete book" -> {
                // One book, made with the session.
            }
            default -> throw new IllegalArgumentException("no such command: " + command);
        }
    }

    private static Side side(String word) {
        return word.equals("buy") || word.equals("BID") ? Side.BUY : Side.SELL;
    }

    @Test
    void showsTheBooksThatTheFeatureOfExchangeCoreShows() throws IOException {
        List<String> lines =
                Files.readAllLines(RecordedData.require("matching/exchange-core/basic.feature"));
        Session session = new Session();
        int books = 0;
        int matches = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("Scenario")) {
                session = new Session();
            }
            step(session, line);
            Matcher matched = MATCHED.matcher(line);
            if (matched.find()) {
                assertThat(session.fills.getLast())
                        .isEqualTo(
                                matched.group(1) + ":" + matched.group(4) + "@" + matched.group(3));
                VenueOrder order = session.orders.get(Integer.parseInt(matched.group(1)));
                assertThat(order.left() == 0).isEqualTo(matched.group(2).equals("fully"));
                matches++;
            } else if (line.endsWith("No trade events")) {
                assertThat(session.fills).hasSize(matches);
            } else if (line.endsWith("order book is:")) {
                assertThat(session.book()).as("line " + (i + 1)).isEqualTo(table(lines, i + 1));
                books++;
            }
        }
        assertThat(books).isEqualTo(5);
        assertThat(matches).isEqualTo(2);
    }

    private static void step(Session session, String line) {
        Matcher places = PLACES.matcher(line);
        if (places.find()) {
            session.place(
                    Integer.parseInt(places.group(2)),
                    side(places.group(1)),
                    Long.parseLong(places.group(3)),
                    Long.parseLong(places.group(4)),
                    places.group(5).equals("GTC"));
        }
        Matcher moves = MOVES.matcher(line);
        if (moves.find()) {
            int id = Integer.parseInt(moves.group(2));
            session.change(id, id, Long.parseLong(moves.group(1)), session.orders.get(id).quantity);
        }
        Matcher cancels = CANCELS.matcher(line);
        if (cancels.find()) {
            VenueOrder order = session.orders.get(Integer.parseInt(cancels.group(2)));
            assertThat(order.left()).isEqualTo(Long.parseLong(cancels.group(1)));
            session.delete(Integer.parseInt(cancels.group(2)));
            assertThat(session.book()).isEmpty();
        }
    }

    /// Rows of numbers; a head of words is left out.
    private static List<String> table(List<String> lines, int from) {
        List<String> rows = new ArrayList<>();
        for (int i = from; i < lines.size() && lines.get(i).strip().startsWith("|"); i++) {
            String row = lines.get(i).replace(" ", "");
            if (!row.contains("price")) {
                rows.add(row.substring(1, row.length() - 1));
            }
        }
        return rows;
    }
}
