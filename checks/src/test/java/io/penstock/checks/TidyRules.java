// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// Reads the tree of one source and notes what breaks a rule.
final class TidyRules extends TreeScanner<@Nullable Void, @Nullable ClassTree> {
    private static final int MOST_METHOD_LINES = 70;
    private static final int EXPLAINED_METHOD_LINES = 40;
    private static final int MOST_PARAMETERS = 5;
    private static final Pattern BAD_NAME =
            Pattern.compile("Abstract[A-Z].*|.*(Impl|Utils?|Helpers?|Manager)");
    private static final Set<String> BAD_PACKAGES =
            Set.of("util", "utils", "common", "impl", "internal", "manager", "misc");
    private static final Set<Modifier> SAYS_WHO_EXTENDS =
            Set.of(Modifier.FINAL, Modifier.ABSTRACT, Modifier.SEALED, Modifier.NON_SEALED);
    private static final Set<String> LOCK_FREE = Set.of("channel", "market");

    private final Source source;
    private final boolean isShipped;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private TidyRules(Source source, Set<String> shippedModules) {
        this.source = source;
        this.isShipped = source.isMain() && shippedModules.contains(source.module());
    }

    /// What breaks a rule, and notes on what should be looked at.
    record Result(List<Finding> findings, List<String> notes) {}

    static Result read(Source source, Set<String> shippedModules) {
        TidyRules rules = new TidyRules(source, shippedModules);
        rules.scan(source.unit(), null);
        return new Result(List.copyOf(rules.findings), List.copyOf(rules.notes));
    }

    @Override
    public @Nullable Void visitPackage(PackageTree tree, @Nullable ClassTree owner) {
        for (String part : tree.getPackageName().toString().split("\\.", -1)) {
            if (BAD_PACKAGES.contains(part)) {
                add(Rule.NAMES, tree, "a package named " + part + " says nothing");
            }
        }
        return super.visitPackage(tree, owner);
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable ClassTree owner) {
        String name = tree.getSimpleName().toString();
        if (BAD_NAME.matcher(name).matches()) {
            add(Rule.NAMES, tree, name + " does not say what it is");
        }
        boolean isNamedClass = tree.getKind() == Tree.Kind.CLASS && !name.isEmpty();
        if (isShipped
                && isNamedClass
                && tree.getModifiers().getFlags().stream().noneMatch(SAYS_WHO_EXTENDS::contains)) {
            add(Rule.FINAL_CLASSES, tree, name + " is neither final nor abstract nor sealed");
        }
        return super.visitClass(tree, tree);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable ClassTree owner) {
        String name = tree.getName().toString();
        Set<Modifier> flags = tree.getModifiers().getFlags();
        long lines = endLine(tree) - startLine(tree) + 1;
        if (lines > MOST_METHOD_LINES) {
            add(Rule.METHOD_LENGTH, name, tree, name + " has " + lines + " lines");
        } else if (lines > EXPLAINED_METHOD_LINES && !text(tree).contains("//")) {
            notes.add(place(tree) + ": " + name + " has " + lines + " lines and no comment");
        }
        boolean isFree =
                flags.contains(Modifier.PRIVATE)
                        || hasAnnotation(tree, "Override")
                        || hasAnnotation(tree, "ParameterizedTest")
                        || isRecordConstructor(tree, owner)
                        || isLayoutWriter(tree);
        if (!isFree && tree.getParameters().size() > MOST_PARAMETERS) {
            int count = tree.getParameters().size();
            add(Rule.PARAMETERS, name, tree, name + " has " + count + " parameters");
        }
        if (flags.contains(Modifier.SYNCHRONIZED)) {
            checkLock(tree);
        }
        if (hasAnnotation(tree, "Test") && name.matches("(test|should)([A-Z_].*)?")) {
            add(Rule.TEST_NAMES, name, tree, name + " is no sentence");
        }
        return super.visitMethod(tree, owner);
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable ClassTree owner) {
        checkLock(tree);
        return super.visitSynchronized(tree, owner);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable ClassTree owner) {
        boolean isSleep = tree.getIdentifier().contentEquals("sleep");
        if (isSleep && tree.getExpression().toString().matches("(.*\\.)?(Thread|TimeUnit.*)")) {
            add(Rule.SLEEP, tree, "sleeps");
        }
        return super.visitMemberSelect(tree, owner);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree tree, @Nullable ClassTree owner) {
        if (tree.getAnnotationType().toString().matches("(.*\\.)?Disabled")) {
            add(Rule.DISABLED, tree, "a test that is switched off");
        }
        return super.visitAnnotation(tree, owner);
    }

    /// A writer of a fixed layout takes what lies side by side in it.
    private static boolean isLayoutWriter(MethodTree tree) {
        return tree.getName().toString().startsWith("put")
                && tree.getModifiers().getFlags().contains(Modifier.STATIC)
                && tree.getParameters().getFirst().getType().toString().equals("MemorySegment");
    }

    private static boolean isRecordConstructor(MethodTree tree, @Nullable ClassTree owner) {
        return owner != null && owner.getKind() == Tree.Kind.RECORD && tree.getReturnType() == null;
    }

    private static boolean hasAnnotation(MethodTree tree, String name) {
        return tree.getModifiers().getAnnotations().stream()
                .anyMatch(a -> a.getAnnotationType().toString().equals(name));
    }

    private void checkLock(Tree tree) {
        if (isShipped && LOCK_FREE.contains(source.module())) {
            add(Rule.LOCKS, tree, "synchronized");
        }
    }

    private void add(Rule rule, Tree tree, String what) {
        findings.add(new Finding(rule, source.path(), place(tree), what));
    }

    private void add(Rule rule, String method, Tree tree, String what) {
        findings.add(new Finding(rule, source.path() + "#" + method, place(tree), what));
    }

    private String place(Tree tree) {
        return source.path() + ":" + startLine(tree);
    }

    private String text(Tree tree) {
        return source.text().substring((int) start(tree), (int) end(tree));
    }

    private long startLine(Tree tree) {
        LineMap lines = source.unit().getLineMap();
        return lines.getLineNumber(Math.max(0, start(tree)));
    }

    private long endLine(Tree tree) {
        // What the compiler adds by itself has no end.
        return end(tree) < 0
                ? startLine(tree)
                : source.unit().getLineMap().getLineNumber(end(tree));
    }

    private long start(Tree tree) {
        return source.trees().getSourcePositions().getStartPosition(source.unit(), tree);
    }

    private long end(Tree tree) {
        return source.trees().getSourcePositions().getEndPosition(source.unit(), tree);
    }
}
