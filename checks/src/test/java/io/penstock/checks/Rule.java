// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

/// What is checked. The text completes "because …" in a failure.
enum Rule {
    ARROWS("modules use only those that the table in ModulesTest gives them"),
    LIBRARIES("each library is used by the modules that are named for it"),
    NULL_MARKED("every module says @NullMarked, so that NullAway reads all of it"),
    TIME("only RealScheduler and classes named …Clock read the time"),
    RANDOMNESS("randomness comes from a seed, or no run can be repeated"),
    THREADS("only RealScheduler starts, parks and interrupts threads"),
    SCHEDULER(
            "whatever waits or draws in the kit goes through a Scheduler; a lock is held for some"
                    + " instructions only, never while its holder waits"),
    EXACT_HANDLES("a handle that converts what it is called with is slow, and nobody is told"),
    CONSOLE("only app talks to the terminal"),
    EXIT("only app ends the JVM"),
    EXCEPTIONS("an exception has a type that says what went wrong"),
    LOGGING("whoever logs does it with System.Logger"),
    REFLECTION("only engine reflects, to load strategies"),
    MONEY("money, prices and quantities are whole numbers"),
    LOCKS("channel and market hand over without monitors"),
    METHOD_LENGTH("a method has at most 70 lines"),
    FILE_LENGTH("a file has at most 600 lines, a test 800"),
    PARAMETERS("beyond five parameters a record is clearer"),
    LINE_LENGTH("a line has at most 100 characters"),
    LEFTOVER("what is left to do is done, or an issue"),
    PACKAGE_SENTENCE("every package says in a sentence what it is"),
    LICENCE("a file begins with its SPDX line"),
    SLEEP("waiting has a condition and goes through the scheduler"),
    DISABLED("a test runs or is deleted"),
    NAMES("a name says what the thing is"),
    FINAL_CLASSES("a class is final, sealed or made to be extended"),
    TEST_NAMES("a test's name is a sentence about the code"),
    WHITESPACE("text has no tabs, no blanks at line ends and ends with a newline"),
    WORDS("the tree speaks of the product, not of machines that built it");

    private final String reason;

    Rule(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
