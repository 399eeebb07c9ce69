// SPDX-License-Identifier: Apache-2.0
package io.penstock.bench;

import io.penstock.exchange.AgentMarket;
import io.penstock.exchange.AgentMarketConfiguration;
import io.penstock.exchange.FeeSchedule;
import io.penstock.market.DataException;
import io.penstock.market.MarketEvent;
import io.penstock.market.Tape;
import io.penstock.market.TapeHeader;
import io.penstock.market.TapeWriter;
import io.penstock.trading.Venue;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/// Two temporary tapes of the built-in market of agents: one by order, as the market publishes it,
/// and one by level, made from the changes of its book. Deleted by [#close].
public final class AgentTapes implements AutoCloseable {
    /// Events of the tape by order unless somebody says otherwise.
    public static final long DEFAULT_EVENTS = 2_000_000;

    private static final long LONGEST_SESSION_NS = 30L * 24 * 3_600 * 1_000_000_000L;

    private final Path folder;
    private final Tape orders;
    private final Tape levels;

    private AgentTapes(Path folder, Tape orders, Tape levels) {
        this.folder = folder;
        this.orders = orders;
        this.levels = levels;
    }

    /// Records a session of this many events, and the packet that it ends in. The same number gives
    /// the same tapes.
    ///
    /// @param onProgress hears of the events recorded, now and then
    public static AgentTapes record(long events, LongConsumer onProgress) {
        Path folder = newFolder();
        try {
            Path orders = folder.resolve("orders.tape");
            Path levels = folder.resolve("levels.tape");
            recordOrders(orders, events, onProgress);
            Tape byOrder = Tape.open(orders);
            try {
                LevelTape.derive(byOrder, levels);
                return new AgentTapes(folder, byOrder, Tape.open(levels));
            } catch (RuntimeException e) {
                byOrder.close();
                throw e;
            }
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    private static void recordOrders(Path target, long events, LongConsumer onProgress) {
        var configuration = AgentMarketConfiguration.of(1).withDuration(LONGEST_SESSION_NS);
        TapeHeader header =
                new TapeHeader(
                        configuration.instruments(),
                        List.of("agents"),
                        List.of("agents"),
                        false,
                        0);
        try (TapeWriter writer = TapeWriter.create(target, header);
                Arena arena = Arena.ofConfined()) {
            MemorySegment received = arena.allocate(MarketEvent.BYTES, MarketEvent.BYTES);
            AgentMarket market =
                    new AgentMarket(
                            configuration,
                            FeeSchedule.none(),
                            (segment, offset) -> {
                                MemorySegment.copy(segment, offset, received, 0, MarketEvent.BYTES);
                                long timeNs = MarketEvent.exchangeTime(segment, offset);
                                long sequence = MarketEvent.sequence(segment, offset);
                                MarketEvent.putTimes(received, 0, timeNs, timeNs, sequence);
                                writer.accept(received, 0);
                            });
            long steps = 0;
            while (writer.count() < events && market.nextTimeNs() != Venue.NEVER) {
                market.advance((_, _) -> {});
                if ((++steps & 0xffff) == 0) {
                    onProgress.accept(writer.count());
                }
            }
            writer.finish();
        }
    }

    /// The tape by order.
    public Tape orders() {
        return orders;
    }

    /// The tape by level.
    public Tape levels() {
        return levels;
    }

    @Override
    public void close() {
        orders.close();
        levels.close();
        delete(folder);
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("penstock-bench-");
        } catch (IOException e) {
            throw new DataException(
                    "the market of agents",
                    "",
                    "no temporary file for its tape: " + e.getMessage(),
                    "Make room in the folder of temporary files, or set java.io.tmpdir",
                    e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(AgentTapes.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot delete " + folder, e);
        }
    }
}
