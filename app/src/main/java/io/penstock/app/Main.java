// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

/// Starts the `penstock` command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("penstock " + String.join(" ", arguments));
        System.exit(arguments.length > 1 ? 0 : 3);
    }
}
