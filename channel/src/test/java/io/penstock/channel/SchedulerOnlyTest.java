// SPDX-License-Identifier: Apache-2.0
package io.penstock.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Reads the class files: whatever waits, starts threads, reads the clock or draws at random goes
/// through a [Scheduler].
class SchedulerOnlyTest {
    private static final Set<String> ALLOWED =
            Set.of(
                    "io/penstock/channel/RealScheduler",
                    "io/penstock/channel/RealScheduler$RealStrand");

    /// Every method of these.
    private static final Set<String> FORBIDDEN_OWNERS =
            Set.of(
                    "java/util/concurrent/locks/LockSupport",
                    "java/util/concurrent/ThreadLocalRandom",
                    "java/util/concurrent/Executors",
                    "java/util/concurrent/ForkJoinPool",
                    "java/util/concurrent/CompletableFuture",
                    "java/util/concurrent/CountDownLatch",
                    "java/util/Timer",
                    "java/util/Random",
                    "java/lang/Thread",
                    "java/lang/Thread$Builder",
                    "java/lang/Thread$Builder$OfPlatform",
                    "java/lang/Thread$Builder$OfVirtual",
                    "java/time/Clock");

    private static final Set<String> FORBIDDEN_METHODS =
            Set.of(
                    "java/lang/System.nanoTime",
                    "java/lang/System.currentTimeMillis",
                    "java/time/Instant.now",
                    "java/lang/Math.random");

    private static final Set<String> MONITOR_METHODS = Set.of("wait", "notify", "notifyAll");

    @Test
    void leavesWaitingThreadsTimeAndRandomnessToTheScheduler() throws Exception {
        List<ClassModel> classes = classesBeside(Scheduler.class);
        assertThat(classes).hasSizeGreaterThan(8);
        List<String> violations = new ArrayList<>();
        for (ClassModel model : classes) {
            if (!ALLOWED.contains(model.thisClass().asInternalName())) {
                violations.addAll(violationsIn(model));
            }
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void seesWhatIsForbidden() throws Exception {
        Path scheduler = folderOf(Scheduler.class).resolve("io/penstock/channel");
        assertThat(violationsIn(parse(scheduler.resolve("RealScheduler.class"))))
                .anyMatch(line -> line.contains("System.nanoTime"))
                .anyMatch(line -> line.contains("LockSupport.park"))
                .anyMatch(line -> line.contains("Thread.ofVirtual"));
        Path tests = folderOf(SchedulerOnlyTest.class).resolve("io/penstock/channel");
        assertThat(
                        violationsIn(
                                parse(
                                        tests.resolve(
                                                Offender.class.getName().replaceFirst(".*[.]", "")
                                                        + ".class"))))
                .anyMatch(line -> line.endsWith("locks a monitor in locks"))
                .anyMatch(line -> line.endsWith("is synchronized: locked"))
                .anyMatch(line -> line.contains("Object.notifyAll"))
                .anyMatch(line -> line.contains("Math.random"));
    }

    private static List<String> violationsIn(ClassModel model) {
        String name = model.thisClass().asInternalName();
        List<String> found = new ArrayList<>();
        // The constant pool names calls and method references alike.
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && isForbidden(member)) {
                found.add(name + " uses " + text(member));
            }
        }
        for (MethodModel method : model.methods()) {
            String methodName = method.methodName().stringValue();
            if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
                found.add(name + " is synchronized: " + methodName);
            }
            if (method.code().stream()
                    .flatMap(code -> code.elementStream())
                    .anyMatch(element -> element instanceof MonitorInstruction)) {
                found.add(name + " locks a monitor in " + methodName);
            }
        }
        return found;
    }

    private static boolean isForbidden(MemberRefEntry member) {
        String owner = member.owner().asInternalName();
        String method = member.name().stringValue();
        return FORBIDDEN_OWNERS.contains(owner)
                || FORBIDDEN_METHODS.contains(text(member))
                || (owner.equals("java/lang/Object") && MONITOR_METHODS.contains(method));
    }

    private static String text(MemberRefEntry member) {
        return member.owner().asInternalName() + "." + member.name().stringValue();
    }

    private static List<ClassModel> classesBeside(Class<?> type) throws Exception {
        List<ClassModel> models = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folderOf(type))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                models.add(parse(file));
            }
        }
        return models;
    }

    private static Path folderOf(Class<?> type) throws URISyntaxException {
        // The class itself: with patched modules the code source is the module's in both cases.
        Path file = Path.of(type.getResource(type.getSimpleName() + ".class").toURI());
        return file.getParent().getParent().getParent().getParent();
    }

    private static ClassModel parse(Path file) throws IOException {
        return ClassFile.of().parse(file);
    }

    /// Does what is forbidden, to show that the scan sees it.
    private static final class Offender {
        private double locks() {
            synchronized (this) {
                notifyAll();
                return Math.random();
            }
        }

        private synchronized double locked() {
            return locks();
        }

        @Override
        public String toString() {
            return "Offender" + locked();
        }
    }
}
