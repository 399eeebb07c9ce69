// SPDX-License-Identifier: Apache-2.0
package io.penstock.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A [Plan] as text.
final class PlanText {
    private static final String GAP = "  ";

    private PlanText() {}

    static String of(Plan plan) {
        StringBuilder text = new StringBuilder(1_024);
        int strands = plan.groups().stream().mapToInt(Plan.Group::workers).sum();
        text.append("pipeline ").append(plan.pipeline()).append(": ");
        text.append(strands).append(strands == 1 ? " strand, " : " strands, ");
        text.append(plan.edges().size()).append(plan.edges().size() == 1 ? " edge" : " edges");
        text.append(", at most ").append(plan.worstCaseItems()).append(" items inside\n");
        text.append(table(stages(plan)));
        if (!plan.edges().isEmpty()) {
            text.append(table(edges(plan)));
        }
        for (Plan.Warning warning : plan.warnings()) {
            text.append("warning: ").append(warning.stage()).append(": ");
            text.append(warning.text()).append('\n');
        }
        return text.toString();
    }

    private static List<String[]> stages(Plan plan) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"stage", "operator", "how", "group", "order"});
        for (Plan.Stage stage : plan.stages()) {
            rows.add(
                    new String[] {
                        stage.name(),
                        stage.operator(),
                        stage.how().describe(),
                        stage.group(),
                        stage.order().toString()
                    });
        }
        return rows;
    }

    private static List<String[]> edges(Plan plan) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"edge", "capacity", "topology", "when full"});
        for (Plan.Edge edge : plan.edges()) {
            rows.add(
                    new String[] {
                        edge.name(),
                        Integer.toString(edge.capacity()),
                        words(edge.topology()),
                        edge.overflow().name()
                    });
        }
        return rows;
    }

    private static String words(Plan.Topology topology) {
        return switch (topology) {
            case ONE_TO_ONE -> "one to one";
            case MANY_TO_ONE -> "many to one";
            case ONE_TO_MANY -> "one to many";
            case ONE_TO_WORKERS_TO_ONE -> "slot ring";
        };
    }

    private static String table(List<String[]> rows) {
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) {
            Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
        }
        StringBuilder text = new StringBuilder(512);
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(GAP);
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length())).append(GAP);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
