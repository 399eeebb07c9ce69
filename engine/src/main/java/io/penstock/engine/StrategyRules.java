// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/// What a strategy's source may not hold, because the same events would then not give the same
/// orders: mutable statics, clocks, randomness without a seed, and threads of its own.
///
/// The check reads the attributed source, so that a name that only looks like a clock is no
/// offence. It guards against mistakes, not against malice: reflection passes.
final class StrategyRules extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final String CLOCK = "reads a clock; use orders.nowNs()";
    private static final String RANDOM =
            "is random without a seed; use new SplittableRandom(seed) with a parameter for the"
                    + " seed";
    private static final String ORDER =
            "comes in another order in every run of the program; use a LinkedHashMap, a TreeMap or"
                    + " a List";
    private static final String THREAD =
            "starts or stops threads; a strategy runs on one thread, and waits with"
                    + " orders.timer(...)";

    /// Offences by class: every use of the class, or of the named methods alone.
    private static final Map<String, Offence> OFFENCES =
            Map.ofEntries(
                    Map.entry(
                            "java.lang.System",
                            new Offence(CLOCK, Set.of("nanoTime", "currentTimeMillis"))),
                    Map.entry("java.time.Instant", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.LocalDate", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.LocalTime", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.LocalDateTime", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.ZonedDateTime", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.OffsetDateTime", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.time.Clock", new Offence(CLOCK, Set.of())),
                    Map.entry("java.util.Date", new Offence(CLOCK, Set.of("<init>/0"))),
                    Map.entry("java.time.Year", new Offence(CLOCK, Set.of("now"))),
                    Map.entry("java.lang.Math", new Offence(RANDOM, Set.of("random"))),
                    Map.entry("java.lang.StrictMath", new Offence(RANDOM, Set.of("random"))),
                    Map.entry("java.util.Collections", new Offence(RANDOM, Set.of("shuffle/1"))),
                    Map.entry(
                            "java.util.random.RandomGenerator",
                            new Offence(RANDOM, Set.of("getDefault", "of"))),
                    Map.entry("java.util.Set", new Offence(ORDER, Set.of("of", "copyOf"))),
                    Map.entry(
                            "java.util.Map",
                            new Offence(ORDER, Set.of("of", "copyOf", "ofEntries"))),
                    Map.entry("java.util.Random", new Offence(RANDOM, Set.of("<init>/0"))),
                    Map.entry(
                            "java.util.SplittableRandom", new Offence(RANDOM, Set.of("<init>/0"))),
                    Map.entry("java.security.SecureRandom", new Offence(RANDOM, Set.of())),
                    Map.entry(
                            "java.util.concurrent.ThreadLocalRandom",
                            new Offence(RANDOM, Set.of())),
                    Map.entry("java.util.UUID", new Offence(RANDOM, Set.of("randomUUID"))),
                    Map.entry("java.lang.Thread", new Offence(THREAD, Set.of())),
                    Map.entry("java.util.Timer", new Offence(THREAD, Set.of())),
                    Map.entry("java.util.concurrent.Executors", new Offence(THREAD, Set.of())),
                    Map.entry("java.util.concurrent.ForkJoinPool", new Offence(THREAD, Set.of())),
                    Map.entry(
                            "java.util.concurrent.CompletableFuture",
                            new Offence(THREAD, Set.of())),
                    Map.entry(
                            "java.util.Collection", new Offence(THREAD, Set.of("parallelStream"))),
                    Map.entry(
                            "java.util.stream.BaseStream", new Offence(THREAD, Set.of("parallel"))),
                    Map.entry(
                            "java.util.stream.IntStream", new Offence(THREAD, Set.of("parallel"))),
                    Map.entry(
                            "java.util.stream.LongStream", new Offence(THREAD, Set.of("parallel"))),
                    Map.entry(
                            "java.util.stream.DoubleStream",
                            new Offence(THREAD, Set.of("parallel"))),
                    Map.entry(
                            "java.util.concurrent.ThreadPoolExecutor",
                            new Offence(THREAD, Set.of())),
                    Map.entry(
                            "java.lang.Runtime",
                            new Offence("stops the program", Set.of("exit", "halt"))));

    private static final Set<String> IMMUTABLE =
            Set.of(
                    "java.lang.String",
                    "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Double",
                    "java.lang.Boolean",
                    "java.lang.Short",
                    "java.lang.Byte",
                    "java.lang.Float",
                    "java.lang.Character",
                    "java.math.BigDecimal",
                    "java.math.BigInteger",
                    "java.time.Duration",
                    "java.time.Instant",
                    "java.time.LocalTime",
                    "java.time.LocalDate",
                    "java.time.ZoneId");

    private static final Set<String> COLLECTIONS =
            Set.of("java.util.List", "java.util.Set", "java.util.Map");

    /// @param members names of methods, or names with their number of parameters (`shuffle/1`);
    ///   empty for all
    private record Offence(String text, Set<String> members) {
        boolean covers(String member, int parameters) {
            return members.isEmpty()
                    || members.contains(member)
                    || members.contains(member + "/" + parameters);
        }
    }

    private final Trees trees;
    private final Path file;
    private final List<String> broken = new ArrayList<>();

    private StrategyRules(Trees trees, Path file) {
        this.trees = trees;
        this.file = file;
    }

    /// Checks attributed source.
    ///
    /// @return one line for each offence, with the file and line; empty when there is none
    static List<String> check(Trees trees, List<CompilationUnitTree> units, Path file) {
        StrategyRules rules = new StrategyRules(trees, file);
        rules.scan(units, null);
        return rules.broken.stream().distinct().toList();
    }

    @Override
    public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        Element element = trees.getElement(getCurrentPath());
        if (element != null
                && element.getKind() == ElementKind.FIELD
                && element.getModifiers().contains(Modifier.STATIC)) {
            if (!element.getModifiers().contains(Modifier.FINAL)) {
                report(
                        tree,
                        "the static field "
                                + tree.getName()
                                + " can change; make it an"
                                + " instance field, so that runs cannot share it");
            } else if (isMutable(tree, element)) {
                report(
                        tree,
                        "the static field "
                                + tree.getName()
                                + " holds something that can"
                                + " change; make it an instance field");
            }
        }
        return super.visitVariable(tree, null);
    }

    /// A static may hold a number, a text, an enum, or a collection that `List.of` and its like
    /// made of such: nothing else is known not to change.
    private boolean isMutable(VariableTree tree, Element field) {
        TypeMirror type = field.asType();
        if (type.getKind().isPrimitive()) {
            return false;
        }
        if (!(type instanceof DeclaredType declared)) {
            return true;
        }
        TypeElement element = (TypeElement) declared.asElement();
        String name = element.getQualifiedName().toString();
        if (IMMUTABLE.contains(name) || element.getKind() == ElementKind.ENUM) {
            return false;
        }
        if (element.getKind() == ElementKind.RECORD) {
            return element.getRecordComponents().stream()
                    .anyMatch(part -> !isSimple(part.asType()));
        }
        return !(COLLECTIONS.contains(name)
                && tree.getInitializer() instanceof MethodInvocationTree call
                && call.getMethodSelect()
                        .toString()
                        .matches("(java\\.util\\.)?(List|Set|Map)\\.(of|copyOf|entry|ofEntries)"));
    }

    private static boolean isSimple(TypeMirror type) {
        return type.getKind().isPrimitive()
                || (type instanceof DeclaredType declared
                        && declared.asElement() instanceof TypeElement element
                        && (IMMUTABLE.contains(element.getQualifiedName().toString())
                                || element.getKind() == ElementKind.ENUM));
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
        checkUse(tree);
        return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
        checkUse(tree);
        return super.visitIdentifier(tree, null);
    }

    @Override
    public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
        checkUse(tree);
        return super.visitMemberReference(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
        checkUse(tree);
        return super.visitNewClass(tree, null);
    }

    private void checkUse(Tree tree) {
        if (trees.getElement(getCurrentPath()) instanceof ExecutableElement method
                && method.getEnclosingElement() instanceof TypeElement owner) {
            String name = method.getSimpleName().toString();
            Offence offence = OFFENCES.get(owner.getQualifiedName().toString());
            if (offence != null && offence.covers(name, method.getParameters().size())) {
                String what =
                        name.equals("<init>")
                                ? "new " + owner.getSimpleName()
                                : owner.getSimpleName() + "." + name;
                report(tree, what + " " + offence.text());
            }
        }
    }

    private void report(Tree tree, String what) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long position = trees.getSourcePositions().getStartPosition(unit, tree);
        broken.add(file + ":" + unit.getLineMap().getLineNumber(position) + ": " + what);
    }
}
