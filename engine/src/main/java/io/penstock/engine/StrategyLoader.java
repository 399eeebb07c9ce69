// SPDX-License-Identifier: Apache-2.0
package io.penstock.engine;

import io.penstock.strategy.Parameters;
import io.penstock.strategy.Strategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

/// Finds a strategy by the name that a user gives: a `.java` file, compiled in memory, or a class
/// on the class path. The class is loaded once; [#create] makes a fresh instance for each run.
public final class StrategyLoader {
    /// What is done while there is no strategy yet, in words.
    static final String CREATION = "its constructor or a static initialiser";

    private final Class<? extends Strategy> type;

    private StrategyLoader(Class<? extends Strategy> type) {
        this.type = type;
    }

    /// Loads the strategy.
    ///
    /// @throws StrategyException when there is none by this name, or it cannot be used
    public static StrategyLoader load(String name) {
        Class<?> found =
                name.endsWith(".java") ? StrategyCompiler.compile(Path.of(name)) : find(name);
        if (!Strategy.class.isAssignableFrom(found)) {
            throw new StrategyException(
                    name + ": the class does not implement io.penstock.strategy.Strategy");
        }
        return new StrategyLoader(found.asSubclass(Strategy.class));
    }

    /// Compiles a strategy whose source is not in a file.
    ///
    /// @param fileName a name ending in `.java`, for messages
    /// @throws StrategyException when it cannot be used
    public static StrategyLoader ofSource(String fileName, String source) {
        Class<?> found = StrategyCompiler.compile(Path.of(fileName), source);
        return new StrategyLoader(found.asSubclass(Strategy.class));
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name, false, StrategyLoader.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StrategyException(
                    name
                            + ": there is no such strategy: give a .java file, or the full name of"
                            + " a class on the class path",
                    e);
        } catch (LinkageError e) {
            throw new StrategyException(name + ": the class cannot be loaded: " + e, e);
        }
    }

    /// The simple name of the class.
    public String name() {
        return type.getSimpleName();
    }

    /// True when the strategy wants order books: it overrides `onBook`.
    boolean wantsBooks() {
        return wantsBooks(type);
    }

    /// True when a strategy of this class wants order books.
    static boolean wantsBooks(Class<? extends Strategy> type) {
        try {
            return type.getMethod(
                                    "onBook",
                                    io.penstock.market.OrderBook.class,
                                    io.penstock.strategy.Orders.class)
                            .getDeclaringClass()
                    != Strategy.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Strategy has lost onBook", e);
        }
    }

    /// The class.
    Class<? extends Strategy> type() {
        return type;
    }

    /// A fresh instance with these parameters.
    ///
    /// @throws StrategyException when it has no usable constructor, or fails while it is made
    /// @throws IllegalArgumentException when it does not know a parameter, or cannot take its value
    public Strategy create(Parameters parameters) {
        Strategy strategy = construct(parameters);
        try {
            parameters.requireAllUsed();
        } catch (IllegalArgumentException e) {
            throw refused(e);
        }
        return strategy;
    }

    private Strategy construct(Parameters parameters) {
        try {
            for (Constructor<?> constructor : type.getConstructors()) {
                Class<?>[] wanted = constructor.getParameterTypes();
                if (wanted.length == 1 && wanted[0] == Parameters.class) {
                    return (Strategy) constructor.newInstance(parameters);
                }
            }
            return type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            Throwable failure = e.getTargetException();
            if (failure instanceof IllegalArgumentException refusal
                    && isOfParameters(refusal.getStackTrace())) {
                throw refused(refusal);
            }
            throw UserCode.failed(type, "its constructor", failure);
        } catch (ExceptionInInitializerError e) {
            throw UserCode.failed(
                    type, "its static initialiser", e.getCause() == null ? e : e.getCause());
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new StrategyException(
                    name()
                            + ": a strategy is a public class that is not abstract, with a public"
                            + " constructor that takes nothing or one Parameters",
                    e);
        }
    }

    /// Whoever gave the value is wrong, and not the strategy that asked for it.
    private static boolean isOfParameters(StackTraceElement[] frames) {
        return frames.length > 0 && frames[0].getClassName().equals(Parameters.class.getName());
    }

    private IllegalArgumentException refused(IllegalArgumentException cause) {
        return new IllegalArgumentException(name() + ": " + cause.getMessage(), cause);
    }
}
