// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one class file and notes what breaks a rule that only its instructions tell.
final class ClassFileRules {
    /// What nothing of the kit touches, whatever it does with it.
    private static final Pattern FORBIDDEN_OWNERS =
            Pattern.compile(
                    "java/lang/Thread(\\$.*)?"
                            + "|java/util/concurrent/locks/(LockSupport|Condition)"
                            + "|java/util/concurrent/(ThreadLocalRandom|Executors?|ForkJoin\\w+"
                            + "|\\w*(ExecutorService|BlockingQueue|BlockingDeque|TransferQueue)"
                            + "|SynchronousQueue|DelayQueue|\\w*Future(Task)?|CountDownLatch"
                            + "|CyclicBarrier|Phaser|Semaphore|Exchanger|StructuredTaskScope.*)"
                            + "|java/util/(Timer(Task)?|Random)"
                            + "|java/security/SecureRandom"
                            + "|java/time/Clock");

    private static final Pattern FORBIDDEN_METHODS =
            Pattern.compile(
                    "java/lang/System\\.(nanoTime|currentTimeMillis)|java/time/\\w+\\.now"
                        + "|java/lang/Math\\.random|java/util/UUID\\.randomUUID"
                        + "|java/lang/Object\\.(wait|notify|notifyAll)|java/lang/Process\\.waitFor"
                        + "|java/util/concurrent/TimeUnit\\.(sleep|timedWait|timedJoin)"
                        + "|java/util/concurrent/locks/\\w+\\.(lockInterruptibly|newCondition)");

    private static final Set<String> KIT =
            Set.of("channel", "scope", "stage", "pipeline", "explain", "simulation");
    private static final String VAR_HANDLE = "java/lang/invoke/VarHandle";
    private static final String EXACT = "withInvokeExactBehavior";

    private final ClassModel model;
    private final String module;
    private final List<Finding> findings = new ArrayList<>();

    private ClassFileRules(ClassModel model, String module) {
        this.model = model;
        this.module = module;
    }

    /// The findings of a class as if it were one of this module.
    static List<Finding> read(ClassModel model, String module) {
        ClassFileRules rules = new ClassFileRules(model, module);
        if (KIT.contains(module)) {
            rules.readReferences();
        }
        for (MethodModel method : model.methods()) {
            rules.readMethod(method);
        }
        return rules.findings;
    }

    /// The constant pool names calls and method references alike.
    private void readReferences() {
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                String name = text(member);
                if (FORBIDDEN_OWNERS.matcher(member.owner().asInternalName()).matches()
                        || isTimedLock(member)
                        || FORBIDDEN_METHODS.matcher(name).matches()) {
                    add(Rule.SCHEDULER, "uses " + name);
                }
            }
        }
    }

    private void readMethod(MethodModel method) {
        String name = method.methodName().stringValue();
        if (KIT.contains(module) && method.flags().has(AccessFlag.SYNCHRONIZED)) {
            add(Rule.SCHEDULER, name + " is synchronized");
        }
        method.code().ifPresent(code -> readCode(name, code));
    }

    private void readCode(String method, CodeModel code) {
        InvokeInstruction made = null;
        for (CodeElement element : code) {
            if (element instanceof MonitorInstruction && KIT.contains(module)) {
                add(Rule.SCHEDULER, method + " locks a monitor");
            }
            if (element instanceof Instruction instruction) {
                if (made != null && !isMadeExact(instruction)) {
                    add(
                            Rule.EXACT_HANDLES,
                            method + " keeps what " + made.name().stringValue() + " gives");
                }
                made = makesHandle(instruction);
            }
        }
    }

    /// A call of the JDK that gives a handle which converts what it is called with.
    private static @Nullable InvokeInstruction makesHandle(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                        && call.owner().asInternalName().startsWith("java/")
                        && call.typeSymbol()
                                .returnType()
                                .descriptorString()
                                .equals("L" + VAR_HANDLE + ";")
                        && !call.name().equalsString(EXACT)
                ? call
                : null;
    }

    private static boolean isMadeExact(Instruction instruction) {
        return instruction instanceof InvokeInstruction call
                && call.owner().asInternalName().equals(VAR_HANDLE)
                && call.name().equalsString(EXACT);
    }

    /// Waits by the clock of the machine; without a time it does not wait.
    private static boolean isTimedLock(MemberRefEntry member) {
        return member.owner().asInternalName().startsWith("java/util/concurrent/locks/")
                && member.name().equalsString("tryLock")
                && !member.type().equalsString("()Z");
    }

    private static String text(MemberRefEntry member) {
        return member.owner().asInternalName() + "." + member.name().stringValue();
    }

    private void add(Rule rule, String what) {
        String name = model.thisClass().asInternalName().replace('/', '.');
        int nested = name.indexOf('$');
        String subject = nested < 0 ? name : name.substring(0, nested);
        String file = module + "/src/main/java/" + subject.replace('.', '/') + ".java";
        findings.add(new Finding(rule, subject, file, what));
    }
}
