// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import io.penstock.simulation.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loads the classes of the kit once more, with a fault in one of them or with none, and the
/// conformance suite with them. What the scheduler of the simulation knows of the kit is shared.
final class FaultyKit extends ClassLoader {
    private static final List<String> OWN =
            List.of(
                    "io.penstock.channel.",
                    "io.penstock.scope.",
                    "io.penstock.stage.",
                    "io.penstock.pipeline.");
    private static final Set<String> SHARED =
            Set.of(
                    "io.penstock.channel.Scheduler",
                    "io.penstock.channel.Strand",
                    "io.penstock.channel.StrandKind",
                    "io.penstock.channel.StrandUsage");

    private final KitFault.@Nullable Place place;
    private int leftOut;

    /// @param place null for the kit as it is
    FaultyKit(KitFault.@Nullable Place place) {
        super(FaultyKit.class.getClassLoader());
        this.place = place;
    }

    /// The simulation of an entry, run by the classes of this loader.
    Simulation simulation(ConformanceEntry entry) throws ReflectiveOperationException {
        Class<?> subject = loadClass(ConformanceSubject.class.getName());
        return (Simulation)
                subject.getMethod("simulation", String.class, String.class, String.class)
                        .invoke(
                                null,
                                entry.operation().name(),
                                entry.model().name(),
                                entry.trouble().name());
    }

    /// How many calls have been left out so far: those of a class when it is loaded.
    int leftOut() {
        return leftOut;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SHARED.contains(name) || OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            KitFault.Place at = place;
            byte[] loaded =
                    at != null && at.className().equals(name) ? withoutCall(bytes, at) : bytes;
            return defineClass(name, loaded, 0, loaded.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] withoutCall(byte[] bytes, KitFault.Place at) {
        ClassFile classFile = ClassFile.of();
        CodeTransform leavesOut =
                (code, element) -> {
                    if (element instanceof InvokeInstruction call
                            && call.name().equalsString(at.call())) {
                        leaveOut(call, at.result(), code);
                    } else {
                        code.with(element);
                    }
                };
        return classFile.transformClass(
                classFile.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString(at.method()), leavesOut));
    }

    /// Takes the arguments off the stack and puts a result there.
    private void leaveOut(InvokeInstruction call, int result, CodeBuilder code) {
        leftOut++;
        for (ClassDesc argument : call.typeSymbol().parameterList().reversed()) {
            if (TypeKind.from(argument).slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
        if (call.opcode() != Opcode.INVOKESTATIC) {
            code.pop();
        }
        switch (TypeKind.from(call.typeSymbol().returnType())) {
            case VOID -> {}
            case LONG -> code.loadConstant((long) result);
            case FLOAT, DOUBLE -> throw new IllegalStateException("no such calls: " + call);
            case REFERENCE -> code.aconst_null();
            default -> code.loadConstant(result);
        }
    }
}
