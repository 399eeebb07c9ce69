// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The rules about instructions hold for every class, and each finds the class that breaks it.
class ClassFileRulesTest {
    /// Breaks them all.
    static final class Offender {
        private static final VarHandle LOOSE = MethodHandles.arrayElementVarHandle(long[].class);
        private static final VarHandle EXACT =
                MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

        private final Semaphore semaphore = new Semaphore(1);
        private final ReentrantLock lock = new ReentrantLock();

        @SuppressWarnings("NotifyNotInLoop") // it is the call that counts
        double locks() {
            synchronized (this) {
                notifyAll();
                return Math.random();
            }
        }

        synchronized boolean waits() throws InterruptedException {
            semaphore.acquire();
            lock.tryLock(1, TimeUnit.SECONDS);
            LockSupport.parkNanos(System.nanoTime());
            Thread.currentThread().interrupt();
            return LOOSE.equals(EXACT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Rule.class,
            names = {"SCHEDULER", "EXACT_HANDLES"})
    void holdForEveryClass(Rule rule) throws IOException {
        JavaClasses classes = new ClassFileImporter().importPackages("io.penstock");
        List<Finding> findings = new ArrayList<>();
        for (JavaClass subject : classes) {
            String module = ModuleTable.moduleOf(subject.getPackageName());
            if (ModuleTable.modules().contains(module)) {
                findings.addAll(read(subject, module));
            }
        }
        Allowances.check(rule, findings.stream().filter(f -> f.rule() == rule).toList());
    }

    @Test
    void findWhateverDoesNotGoThroughTheScheduler() throws IOException {
        assertThat(offences("scope", Rule.SCHEDULER))
                .contains("locks locks a monitor", "waits is synchronized")
                .contains("uses java/util/concurrent/Semaphore.acquire")
                .contains("uses java/util/concurrent/locks/ReentrantLock.tryLock")
                .contains("uses java/util/concurrent/locks/LockSupport.parkNanos")
                .contains("uses java/lang/System.nanoTime", "uses java/lang/Thread.interrupt")
                .contains("uses java/lang/Object.notifyAll", "uses java/lang/Math.random");
        assertThat(offences("app", Rule.SCHEDULER)).isEmpty();
    }

    @Test
    void findAHandleThatIsNotExact() throws IOException {
        assertThat(offences("app", Rule.EXACT_HANDLES))
                .containsExactly("<clinit> keeps what arrayElementVarHandle gives");
    }

    private static List<String> offences(String module, Rule rule) throws IOException {
        JavaClass offender = new ClassFileImporter().importClass(Offender.class);
        return read(offender, module).stream()
                .filter(finding -> finding.rule() == rule)
                .map(Finding::what)
                .toList();
    }

    private static List<Finding> read(JavaClass subject, String module) throws IOException {
        Source source = subject.getSource().orElseThrow();
        try (InputStream bytes = source.getUri().toURL().openStream()) {
            return ClassFileRules.read(ClassFile.of().parse(bytes.readAllBytes()), module);
        }
    }
}
