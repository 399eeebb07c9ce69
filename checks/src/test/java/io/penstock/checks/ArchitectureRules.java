// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one compiled class and notes what breaks a rule.
final class ArchitectureRules {
    private static final Set<String> TIME_SOURCES =
            Set.of(
                    "java.lang.System.nanoTime",
                    "java.lang.System.currentTimeMillis",
                    "java.util.Calendar.getInstance");
    private static final Pattern TIME_FACTORIES =
            Pattern.compile("java\\.time\\..*\\.(now|system|systemUTC|systemDefaultZone|tick.*)");
    private static final Pattern UNSEEDED =
            Pattern.compile(
                    "java\\.lang\\.Math\\.random|java\\.util\\.UUID\\.randomUUID"
                            + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\.current"
                            + "|java\\.util\\.random\\.RandomGenerator\\.(getDefault|of)"
                            + "|java\\.util\\.Collections\\.shuffle"
                            + "|java\\.lang\\.System\\.identityHashCode"
                            + "|java\\.security\\.SecureRandom\\..*");
    private static final Set<String> SEEDED_BY_ARGUMENT =
            Set.of("java.util.Date", "java.util.Random", "java.util.SplittableRandom");
    private static final Pattern THREADING =
            Pattern.compile(
                    "java\\.lang\\.Thread\\.(<init>|ofPlatform|ofVirtual|startVirtualThread|sleep"
                            + "|yield|interrupt|join)"
                            + "|java\\.lang\\.Object\\.(wait|notify|notifyAll)"
                            + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\..*"
                            + "|java\\.util\\.concurrent\\.Executors\\..*"
                            + "|java\\.util\\.concurrent\\.CompletableFuture\\..*Async"
                            + "|java\\.util\\.Timer\\..*");
    private static final Set<String> SCHEDULING =
            Set.of("RealScheduler", "SimulatedStrand", "Watchdog");
    private static final Pattern ENDS_JVM =
            Pattern.compile("java\\.lang\\.(System|Runtime)\\.(exit|halt)");
    private static final Pattern CONSOLE =
            Pattern.compile(
                    "java\\.lang\\.System\\.(out|err|in|console)|java\\.lang\\.IO\\..*"
                            + "|java\\.lang\\.Throwable\\.printStackTrace");
    private static final Set<String> BARE =
            Set.of(
                    "java.lang.RuntimeException",
                    "java.lang.Exception",
                    "java.lang.Error",
                    "java.lang.Throwable");
    private static final Set<String> EXACT_MODULES = Set.of("market", "trading", "exchange");
    private static final Map<Rule, Pattern> CALLS =
            Map.of(
                    Rule.TIME, TIME_FACTORIES,
                    Rule.RANDOMNESS, UNSEEDED,
                    Rule.THREADS, THREADING,
                    Rule.EXIT, ENDS_JVM,
                    Rule.CONSOLE, CONSOLE,
                    Rule.REFLECTION, Pattern.compile("java\\.lang\\.Class\\.forName"));

    private final JavaClass subject;
    private final String module;
    private final List<Finding> findings = new ArrayList<>();

    private ArchitectureRules(JavaClass subject, String module) {
        this.subject = subject;
        this.module = module;
    }

    /// The findings of a class as if it were one of this module.
    static List<Finding> read(JavaClass subject, String module) {
        ArchitectureRules rules = new ArchitectureRules(subject, module);
        subject.getAccessesFromSelf().forEach(rules::readAccess);
        subject.getDirectDependenciesFromSelf().forEach(rules::readDependency);
        subject.getFields().forEach(rules::readField);
        return rules.findings;
    }

    private void readAccess(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        String owner = target.getOwner().getName();
        String name = owner + "." + target.getName();
        boolean isConstructor = target.getName().equals("<init>");
        if (TIME_SOURCES.contains(name)) {
            add(Rule.TIME, access, name);
        }
        CALLS.forEach(
                (rule, pattern) -> {
                    if (pattern.matcher(name).matches()) {
                        add(rule, access, name);
                    }
                });
        if (isConstructor && SEEDED_BY_ARGUMENT.contains(owner) && isWithoutArguments(access)) {
            add(owner.endsWith("Date") ? Rule.TIME : Rule.RANDOMNESS, access, "new " + owner);
        }
        if (isConstructor && BARE.contains(owner) && !isSuperCall(owner)) {
            add(Rule.EXCEPTIONS, access, "new " + owner);
        }
    }

    private void readDependency(Dependency dependency) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (target.startsWith("java.util.logging.")) {
            add(Rule.LOGGING, dependency, target);
        }
        if (target.startsWith("java.lang.reflect.")) {
            add(Rule.REFLECTION, dependency, target);
        }
        ModuleTable table = ModuleTable.of(module);
        if (target.startsWith("io.penstock.") && !table.mayUseClass(target)) {
            add(Rule.ARROWS, dependency, module + " uses " + target);
        } else if (!target.startsWith("io.penstock.") && !table.mayUseLibrary(target)) {
            add(Rule.LIBRARIES, dependency, module + " uses " + target);
        }
    }

    private void readField(JavaField field) {
        JavaClass type = field.getRawType().getBaseComponentType();
        if (EXACT_MODULES.contains(module)
                && (type.isEquivalentTo(double.class) || type.isEquivalentTo(float.class))) {
            add(Rule.MONEY, place(0), field.getName() + " is a " + type.getName());
        }
    }

    private static boolean isWithoutArguments(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitCallTarget call
                && call.getRawParameterTypes().isEmpty();
    }

    /// An exception class of ours calls the constructor of its parent.
    private boolean isSuperCall(String owner) {
        return subject.getRawSuperclass().filter(c -> c.getName().equals(owner)).isPresent();
    }

    private void add(Rule rule, JavaAccess<?> access, String what) {
        add(rule, place(access.getLineNumber()), what);
    }

    private void add(Rule rule, Dependency dependency, String what) {
        add(rule, place(dependency.getSourceCodeLocation().getLineNumber()), what);
    }

    private void add(Rule rule, String place, String what) {
        if (!isAppointed(rule)) {
            findings.add(new Finding(rule, topLevelName(), place, what));
        }
    }

    /// The classes whose task it is.
    private boolean isAppointed(Rule rule) {
        String name = topLevelName().substring(topLevelName().lastIndexOf('.') + 1);
        return switch (rule) {
            case TIME -> name.equals("RealScheduler") || name.endsWith("Clock");
            case THREADS -> SCHEDULING.contains(name);
            case CONSOLE, EXIT -> module.equals("app");
            case REFLECTION -> module.equals("engine") || module.equals("simulation-junit");
            default -> false;
        };
    }

    private String topLevelName() {
        String name = subject.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private String place(int line) {
        String file = topLevelName().replace('.', '/') + ".java";
        return module + "/src/main/java/" + file + (line > 0 ? ":" + line : "");
    }
}
