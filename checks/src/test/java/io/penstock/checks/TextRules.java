// SPDX-License-Identifier: Apache-2.0
package io.penstock.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules about the lines of a file. Patterns are composed, so that this file does not break them.
final class TextRules {
    private static final int LONGEST_LINE = 100;
    private static final int MOST_LINES = 600;
    private static final int MOST_TEST_LINES = 800;
    private static final String LICENCE_LINE = "SPDX-License-Identifier: Apache-2.0";
    private static final String TEXT_BLOCK = "\"\"\"";
    private static final Pattern LEFTOVER =
            Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Pattern PLAIN_TEXT =
            Pattern.compile("(?!.*\\.min\\.).*\\.(java|md|xml|sh|html|css|js)");
    private static final List<Pattern> WORDS =
            List.of(
                    machinePath("work|root|workspace|mnt|builds"),
                    machinePath("home/[a-z][-a-z0-9_]*|Users/[A-Za-z]+"),
                    machinePath("tmp|var/tmp"),
                    Pattern.compile("repo1?\\.maven" + "\\."),
                    Pattern.compile("(registry\\.npm|pypi\\." + "org|files\\.python|crates\\.io)"),
                    Pattern.compile("(artifact" + "ory|nexus[-.]|proxy\\.go" + "lang)"),
                    word(
                            "cla"
                                    + "ude|anth"
                                    + "ropic|open"
                                    + "ai|chat"
                                    + "gpt|co"
                                    + "pilot|ll"
                                    + "ms?"),
                    word(
                            "language"
                                    + " models?|ai[- ]"
                                    + "generated|coding"
                                    + " (agent|assistant)s?"),
                    word("co-authored" + "-by|work" + "trees?|sub-?" + "agents?"));

    private TextRules() {}

    /// A folder of one machine: at the start of a path, with something below it.
    private static Pattern machinePath(String folder) {
        return Pattern.compile("(?<![\\w.}$~*-])/(" + folder + ")/[\\w.-]");
    }

    private static Pattern word(String words) {
        return Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    /// Rules for every text file.
    static List<Finding> ofAnyFile(String path, String text) {
        List<Finding> findings = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        boolean isPlain = PLAIN_TEXT.matcher(path).matches();
        for (int i = 0; i < lines.length; i++) {
            String place = path + ":" + (i + 1);
            for (Pattern pattern : WORDS) {
                Matcher matcher = pattern.matcher(lines[i]);
                if (matcher.find()) {
                    findings.add(new Finding(Rule.WORDS, path, place, matcher.group()));
                }
            }
            if (isPlain
                    && (lines[i].indexOf('\t') >= 0
                            || !lines[i].equals(lines[i].stripTrailing()))) {
                findings.add(
                        new Finding(Rule.WHITESPACE, path, place, "a tab or a blank at the end"));
            }
            Matcher leftover = LEFTOVER.matcher(lines[i]);
            if (isPlain && leftover.find()) {
                findings.add(new Finding(Rule.LEFTOVER, path, place, leftover.group()));
            }
        }
        if (isPlain && !text.isEmpty() && !text.endsWith("\n")) {
            findings.add(
                    new Finding(Rule.WHITESPACE, path, path + ":" + lines.length, "no newline"));
        }
        if (needsLicence(path, text) && !licenceLine(path, text).contains(LICENCE_LINE)) {
            findings.add(new Finding(Rule.LICENCE, path, path + ":1", "no SPDX line"));
        }
        return findings;
    }

    private static boolean needsLicence(String path, String text) {
        return path.endsWith(".java")
                || path.endsWith(".sh")
                || path.endsWith("pom.xml")
                || text.startsWith("#!");
    }

    /// The first line; the second where the first belongs to the format.
    private static String licenceLine(String path, String text) {
        List<String> head = text.lines().limit(2).toList();
        if (head.isEmpty()) {
            return "";
        }
        boolean isSecond = head.size() > 1 && (path.endsWith(".xml") || text.startsWith("#!"));
        return head.get(isSecond ? 1 : 0);
    }

    /// Rules for Java sources.
    static List<Finding> ofJava(String path, String text) {
        List<Finding> findings = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int most = path.contains("/src/test/") ? MOST_TEST_LINES : MOST_LINES;
        if (lines.size() > most) {
            String what = String.format(Locale.ROOT, "%d lines, at most %d", lines.size(), most);
            findings.add(new Finding(Rule.FILE_LENGTH, path, path + ":" + lines.size(), what));
        }
        boolean inTextBlock = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean isFree = inTextBlock || line.startsWith("import ") || line.contains("://");
            int length = line.codePointCount(0, line.length());
            if (!isFree && length > LONGEST_LINE) {
                String place = path + ":" + (i + 1);
                findings.add(new Finding(Rule.LINE_LENGTH, path, place, length + " characters"));
            }
            boolean isOdd = (line.split(TEXT_BLOCK, -1).length - 1) % 2 == 1;
            inTextBlock ^= isOdd && !line.strip().startsWith("//");
        }
        return findings;
    }
}
