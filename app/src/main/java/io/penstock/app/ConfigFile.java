// SPDX-License-Identifier: Apache-2.0
package io.penstock.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A file of options: `name = value`, the names those of the command line without their dashes,
/// `set.NAME` for a parameter and `strategy` for the strategy. What the command line says comes
/// first.
final class ConfigFile {
    private static final String OPTION = "--config";
    private static final String PARAMETER = "set.";
    private static final String STRATEGY = "strategy";

    private final Path file;
    private final CommandSpec command;

    private ConfigFile(Path file, CommandSpec command) {
        this.file = file;
        this.command = command;
    }

    /// The arguments together with those of the file that `--config` names, if it is there.
    ///
    /// @param arguments what follows the name of the command
    /// @throws IllegalArgumentException when the file cannot be read or names something unknown
    static List<String> expand(List<String> arguments, CommandSpec command) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(OPTION) && i + 1 < arguments.size()) {
                return new ConfigFile(Path.of(arguments.get(i + 1)), command).before(arguments);
            }
            if (argument.startsWith(OPTION + "=")) {
                Path file = Path.of(argument.substring(OPTION.length() + 1));
                return new ConfigFile(file, command).before(arguments);
            }
        }
        return arguments;
    }

    private List<String> before(List<String> arguments) {
        Properties settings = read();
        List<String> expanded = new ArrayList<>();
        for (String key : new TreeSet<>(settings.stringPropertyNames())) {
            add(expanded, key, settings.getProperty(key).strip(), arguments);
        }
        expanded.addAll(arguments);
        String strategy = settings.getProperty(STRATEGY);
        if (strategy != null) {
            expanded.add("--config-strategy=" + strategy.strip());
        }
        return expanded;
    }

    private void add(List<String> expanded, String key, String value, List<String> arguments) {
        if (key.equals(STRATEGY)) {
            return;
        }
        if (key.startsWith(PARAMETER)) {
            String parameter = key.substring(PARAMETER.length());
            if (arguments.stream()
                    .noneMatch(a -> a.matches("(--set=)?\\Q" + parameter + "\\E=.*"))) {
                expanded.add("--set=" + parameter + "=" + value);
            }
            return;
        }
        OptionSpec option = option(key);
        String name = "--" + key;
        if (arguments.stream().anyMatch(a -> a.equals(name) || a.startsWith(name + "="))) {
            return;
        }
        if (option.arity().max() == 0) {
            addFlag(expanded, name, value);
        } else if (option.isMultiValue()) {
            for (String part : value.split(",", -1)) {
                expanded.add(name + "=" + part.strip());
            }
        } else {
            expanded.add(name + "=" + value);
        }
    }

    private void addFlag(List<String> expanded, String name, String value) {
        if (value.equals("true")) {
            expanded.add(name);
        } else if (!value.equals("false")) {
            throw new IllegalArgumentException(
                    file + ": " + name.substring(2) + " is true or false: " + value);
        }
    }

    private OptionSpec option(String key) {
        OptionSpec option = command.optionsMap().get("--" + key);
        if (option == null || option.hidden() || option.usageHelp() || key.equals("config")) {
            throw new IllegalArgumentException(
                    file
                            + ": unknown setting: "
                            + key
                            + " (the names are those of the options, without dashes)");
        }
        return option;
    }

    private Properties read() {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            settings.load(reader);
        } catch (NoSuchFileException _) {
            throw new IllegalArgumentException("the configuration file is missing: " + file);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the configuration file cannot be read: " + file + ": " + e.getMessage(), e);
        }
        return settings;
    }
}
