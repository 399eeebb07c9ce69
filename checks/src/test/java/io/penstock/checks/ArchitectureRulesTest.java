// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.penstock.market.MarketEvent;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every rule about classes finds the class that breaks it.
class ArchitectureRulesTest {
    /// Breaks them all.
    @SuppressWarnings("JavaUtilDate")
    static final class Offender {
        double price;
        float @Nullable [] quantities;

        long time() {
            LongSupplier reference = System::nanoTime;
            return reference.getAsLong()
                    + System.currentTimeMillis()
                    + Instant.now().toEpochMilli()
                    + new Date().getTime();
        }

        long randomness() {
            return UUID.randomUUID().hashCode()
                    + new Random().nextInt()
                    + Math.round(Math.random());
        }

        Thread threads() {
            return Thread.ofVirtual().unstarted(() -> {});
        }

        void console() {
            System.out.println();
        }

        void exit() {
            Runtime.getRuntime().halt(1);
        }

        void exception() {
            throw new RuntimeException("bare");
        }

        Logger logging() {
            return Logger.getGlobal();
        }

        Class<?> reflection() throws ClassNotFoundException {
            return Class.forName("java.lang.String");
        }
    }

    /// May do what its name says.
    static final class OwnException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OwnException(String message) {
            super(message);
        }
    }

    @Test
    void findsEveryReadingOfTheTime() {
        assertThat(offences(Rule.TIME)).hasSize(4);
    }

    @Test
    void findsEveryRandomnessWithoutSeed() {
        assertThat(offences(Rule.RANDOMNESS)).hasSize(3);
    }

    @Test
    void findsWhatOnlySomeClassesMayDo() {
        for (Rule rule :
                List.of(
                        Rule.THREADS,
                        Rule.CONSOLE,
                        Rule.EXIT,
                        Rule.EXCEPTIONS,
                        Rule.LOGGING,
                        Rule.REFLECTION)) {
            assertThat(offences(rule)).as(rule.name()).isNotEmpty();
        }
    }

    @Test
    void findsFloatingPointInFieldsOfMoneyModulesOnly() {
        assertThat(offences(Rule.MONEY)).hasSize(2);
        assertThat(findings(Offender.class, "strategy")).noneMatch(f -> f.rule() == Rule.MONEY);
    }

    @Test
    void findsAnArrowThatPointsUp() {
        assertThat(findings(MarketEvent.class, "channel")).anyMatch(f -> f.rule() == Rule.ARROWS);
        assertThat(findings(MarketEvent.class, "exchange")).isEmpty();
    }

    @Test
    void findsALibraryThatTheModuleHasNoRowFor() {
        assertThat(findings(ArchitectureTest.class, "market"))
                .anyMatch(f -> f.rule() == Rule.LIBRARIES);
    }

    @Test
    void letsAppTalkToTheTerminal() {
        assertThat(findings(Offender.class, "app"))
                .noneMatch(f -> f.rule() == Rule.CONSOLE || f.rule() == Rule.EXIT);
    }

    @Test
    void letsAnExceptionCallItsParent() {
        assertThat(findings(OwnException.class, "market"))
                .noneMatch(f -> f.rule() == Rule.EXCEPTIONS);
    }

    private static List<Finding> offences(Rule rule) {
        return findings(Offender.class, "market").stream().filter(f -> f.rule() == rule).toList();
    }

    private static List<Finding> findings(Class<?> type, String module) {
        JavaClass subject = new ClassFileImporter().importClass(type);
        return ArchitectureRules.read(subject, module);
    }
}
