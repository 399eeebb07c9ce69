// SPDX-License-Identifier: Apache-2.0
package io.penstock.stage;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Gives each shape of chain classes of its own: copies of the link classes, made from their own
/// bytes as hidden classes.
///
/// What it is for: a JIT compiler records which functions and links a call site has met, by class
/// file, and inlines them while there are one or two. In a shared class all chains of the JVM meet,
/// so the more of them have run, the slower every one of them gets, by a factor of three or four
/// (docs/performance.md). A class of its own has a record of its own.
///
/// A shape is what the operators are and of which classes their functions are. Chains of one shape
/// share their classes, and with them what has been compiled. At most [#capacity] shapes have
/// classes; the chains of later ones use the shared classes. Safe for use by any strand.
public final class LinkClasses {
    /// Shapes that have classes of their own, in a JVM.
    public static final int DEFAULT_CAPACITY = 256;

    private static final Logger LOGGER = System.getLogger(LinkClasses.class.getName());
    private static final LinkClasses COMMON = new LinkClasses(DEFAULT_CAPACITY);

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Shape> shapes = new HashMap<>();

    /// @param capacity most shapes with classes of their own; 0 for none
    public LinkClasses(int capacity) {
        this.capacity = capacity;
    }

    /// The classes of this JVM.
    public static LinkClasses common() {
        return COMMON;
    }

    /// Makes the links of one chain.
    ///
    /// @param shape its operators and the classes of its functions, in words: equal for equal ones
    public Links linksFor(String shape) {
        lock.lock();
        try {
            Shape known = shapes.get(shape);
            if (known == null) {
                if (shapes.size() >= capacity) {
                    return new SharedLinks();
                }
                known = new Shape();
                shapes.put(shape, known);
            }
            return new ClonedLinks(known);
        } finally {
            lock.unlock();
        }
    }

    /// Shapes that have classes of their own now.
    public int size() {
        lock.lock();
        try {
            return shapes.size();
        } finally {
            lock.unlock();
        }
    }

    /// Most shapes with classes of their own.
    public int capacity() {
        return capacity;
    }

    /// The name of a function's class, different for different classes.
    ///
    /// Classes of the same name in different loaders get different names, nearly always; otherwise
    /// their chains share classes, which is slower but right.
    public static String nameOf(Object function) {
        Class<?> type = function.getClass();
        return type.getName() + '@' + Integer.toHexString(System.identityHashCode(type));
    }

    /// The classes of one shape, by position in the chain.
    static final class Shape {
        private final ReentrantLock lock = new ReentrantLock();
        private final List<MethodHandle> constructors = new ArrayList<>();

        /// The constructor of the class at this position, made now if it is not there: takes its
        /// arguments in an array, to be called exactly so. (A call with arguments of any kind would
        /// be built anew for each link of each run.)
        MethodHandle constructor(int position, Class<?> original) {
            lock.lock();
            try {
                if (position == constructors.size()) {
                    constructors.add(constructorOf(original));
                }
                return constructors.get(position);
            } finally {
                lock.unlock();
            }
        }
    }

    private static MethodHandle constructorOf(Class<?> original) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            byte[] bytes = bytesOf(original);
            if (bytes == null) {
                return constructorIn(lookup, original, original);
            }
            MethodHandles.Lookup clone = lookup.defineHiddenClass(bytes, false);
            return constructorIn(clone, clone.lookupClass(), original);
        } catch (IOException | ReflectiveOperationException | LinkageError e) {
            LOGGER.log(Level.WARNING, "no copy of a link class: class=" + original.getName(), e);
            return sharedConstructorOf(original);
        }
    }

    private static MethodHandle sharedConstructorOf(Class<?> original) {
        try {
            return constructorIn(MethodHandles.lookup(), original, original);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "a link must have one constructor: class=" + original.getName(), e);
        }
    }

    private static byte @Nullable [] bytesOf(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }

    private static MethodHandle constructorIn(
            MethodHandles.Lookup lookup, Class<?> type, Class<?> original)
            throws ReflectiveOperationException {
        Class<?>[] parameters = original.getDeclaredConstructors()[0].getParameterTypes();
        return lookup.findConstructor(type, MethodType.methodType(void.class, parameters))
                .asSpreader(Object[].class, parameters.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
    }
}
