// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

import io.penstock.explain.StageProfile.Cost;
import io.penstock.explain.StageProfile.Flow;
import io.penstock.explain.StageProfile.Queue;
import io.penstock.explain.StageProfile.Shares;
import io.penstock.pipeline.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An [Analysis] as JSON (RFC 8259). What is unknown or unbounded is null.
final class ReportJson {
    private final StringBuilder json = new StringBuilder(4_096);

    private ReportJson() {}

    static String of(Analysis analysis) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("pipeline", analysis.pipeline());
        all.put("cores", analysis.machine().cores());
        all.put("hopNs", analysis.machine().hopNs());
        all.put("elapsedNs", analysis.elapsedNs());
        all.put("rate", analysis.rate());
        all.put("targetRate", analysis.targetRate());
        all.put("evidence", evidence(analysis.evidence()));
        all.put("ceiling", limit(analysis.ceiling()));
        all.put("ceilingComplete", analysis.isCeilingComplete());
        all.put("limit", limit(analysis.limit()));
        all.put("bottleneck", analysis.bottleneck().map(ReportJson::bottleneck).orElse(null));
        all.put("stages", analysis.stages().stream().map(ReportJson::stage).toList());
        all.put("advice", analysis.advice().stream().map(ReportJson::advice).toList());
        all.put("warnings", analysis.warnings().stream().map(ReportJson::warning).toList());
        ReportJson writer = new ReportJson();
        writer.value(all);
        return writer.json.append('\n').toString();
    }

    private static Map<String, @Nullable Object> evidence(Evidence evidence) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("extent", evidence.extent().name());
        fields.put("items", evidence.items());
        fields.put("restNs", evidence.restNs());
        return fields;
    }

    private static Map<String, @Nullable Object> bottleneck(Bottleneck found) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("stage", found.stage());
        fields.put("saturated", found.isSaturated());
        fields.put("why", found.why());
        return fields;
    }

    private static Map<String, @Nullable Object> limit(Limit limit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rate", limit.rate());
        fields.put("cause", limit.cause().name());
        fields.put("stage", limit.stage());
        return fields;
    }

    private static Map<String, @Nullable Object> stage(StageProfile stage) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", stage.name());
        fields.put("operator", stage.setting());
        fields.put("how", stage.how().describe());
        fields.put("group", stage.group());
        fields.put("workers", stage.workers());
        Flow flow = stage.flow();
        fields.put("in", flow.in());
        fields.put("out", flow.out());
        fields.put("visits", flow.visits());
        fields.put("rate", flow.rate());
        fields.put("perBatch", flow.perBatch());
        fields.put("retried", flow.retried());
        fields.put("timedOut", flow.timedOut());
        fields.put("failed", flow.failed());
        Cost cost = stage.cost();
        fields.put("serviceNs", known(cost.serviceNs()));
        fields.put("serviceP50Ns", known(cost.serviceP50Ns()));
        fields.put("serviceP99Ns", known(cost.serviceP99Ns()));
        fields.put("workNs", cost.workNs());
        fields.put("cpuNs", known(cost.cpuNs()));
        fields.put("cpuGuessed", cost.isCpuGuessed());
        fields.put("runQueueNs", known(cost.runQueueNs()));
        fields.put("blockingCoefficient", known(cost.blocking()));
        fields.put("allocatedBytes", known(cost.allocatedBytes()));
        Shares shares = stage.shares();
        fields.put("busy", shares.busy());
        fields.put("groupBusy", shares.groupBusy());
        fields.put("busiest", shares.busiest());
        fields.put("idle", shares.idle());
        fields.put("absent", shares.absent());
        fields.put("blocked", shares.blocked());
        Queue queue = stage.queue();
        fields.put("capacity", queue.capacity());
        fields.put("occupancyP50", known(queue.p50()));
        fields.put("occupancyP99", known(queue.p99()));
        fields.put("senderWaits", queue.senderWaits());
        fields.put("receiverWaits", queue.receiverWaits());
        return fields;
    }

    private static Map<String, @Nullable Object> advice(Advice piece) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("stage", piece.stage());
        fields.put("diagnosis", piece.diagnosis().name());
        fields.put("from", piece.from());
        fields.put("to", piece.to());
        fields.put("applicable", piece.change() != null);
        fields.put("why", piece.why());
        Prediction prediction = piece.prediction();
        if (prediction != null) {
            fields.put("rateBefore", prediction.before());
            fields.put("rateAfter", prediction.after());
            fields.put("atMost", prediction.isAtMost());
        }
        fields.put("confidence", piece.confidence().level().name());
        fields.put("confidenceWhy", piece.confidence().why());
        fields.put("revise", piece.revise());
        return fields;
    }

    private static Map<String, @Nullable Object> warning(Plan.Warning warning) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rule", warning.rule().name());
        fields.put("stage", warning.stage());
        fields.put("text", warning.text());
        return fields;
    }

    private static @Nullable Double known(double number) {
        return number < 0 ? null : number;
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> json.append("null");
            case Map<?, ?> fields -> object(fields);
            case List<?> items -> array(items);
            case Double number -> json.append(Double.isFinite(number) ? number : null);
            case String words -> string(words);
            default -> json.append(value);
        }
    }

    private void object(Map<?, ?> fields) {
        char separator = '{';
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.append(separator);
            string((String) field.getKey());
            json.append(':');
            value(field.getValue());
            separator = ',';
        }
        json.append(separator == '{' ? "{}" : "}");
    }

    private void array(List<?> items) {
        json.append('[');
        for (int i = 0; i < items.size(); i++) {
            json.append(i == 0 ? "" : ",\n");
            value(items.get(i));
        }
        json.append(']');
    }

    private void string(String words) {
        json.append('"');
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                default -> {
                    if (c < ' ') {
                        json.append("\\u%04x".formatted((int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
