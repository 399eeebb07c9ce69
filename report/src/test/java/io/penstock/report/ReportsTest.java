// SPDX-License-Identifier: Apache-2.0
package io.penstock.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class ReportsTest {
    private static final String HOSTILE =
            "</script><script>alert(1)</script><img src=x onerror=alert(2)> \"'&\u001b[31m \u2028 "
                    + "\ud83d\ude00 <!--";

    @Test
    void escapesWhateverUsersName() {
        String page = HtmlReport.of(SampleResults.hostile(HOSTILE));
        assertThat(page)
                .doesNotContain("<script>alert")
                .doesNotContain("<img")
                .doesNotContain("<!--");
        assertThat(page.split("</script>", -1)).hasSize(4);
        assertThat(page).contains("&lt;img src=x onerror=alert(2)&gt;");
    }

    @Test
    void makesNoRequest() {
        String page = HtmlReport.of(SampleResults.complete());
        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("src=")
                .doesNotContain("<link");
    }

    @Test
    void saysLoudlyThatARunIsPartial() {
        assertThat(HtmlReport.of(SampleResults.partial("It threw.")))
                .contains("class=\"banner\" role=\"alert\"")
                .contains("It threw.");
        assertThat(HtmlReport.of(SampleResults.complete())).doesNotContain("role=\"alert\"");
        assertThat(SummaryText.of(SampleResults.partial("It threw.")))
                .contains("PARTIAL", "It threw.");
    }

    @Test
    void printsValidJsonForEveryResult() {
        assertValid(JsonResult.of(SampleResults.complete()));
        assertValid(JsonResult.of(SampleResults.hostile(HOSTILE)));
        assertValid(JsonResult.of(SampleResults.empty()));
        assertThat(JsonResult.of(SampleResults.empty())).contains("\"bytesPerEvent\":null");
        assertThat(JsonResult.of(SampleResults.complete())).contains("\"net\":239.737965");
    }

    private static void assertValid(String json) {
        JsonFactory factory = new JsonFactory();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json)) {
            int tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            assertThat(tokens).isGreaterThan(50);
        }
        assertThat(json).doesNotContain("<").matches("\\p{ASCII}*");
    }

    @Test
    void fitsTheSummaryIntoEightyColumnsAndCannotSteerTheTerminal() {
        for (String text : new String[] {HOSTILE, HOSTILE.repeat(9), "x".repeat(300)}) {
            String summary = SummaryText.of(SampleResults.hostile(text));
            assertThat(summary).doesNotContain("\u001b");
        }
        assertThat(SummaryText.of(SampleResults.complete()).lines())
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void replacesAReportWhole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.html");
        ReportFile.write(file, "old");
        ReportFile.write(file, "new");
        assertThat(file).hasContent("new");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void writesIntoADeviceAndDoesNotReplaceIt(@TempDir Path folder) throws IOException {
        assumeThat(Path.of("/dev/full")).exists();
        // By a link, so that a mistake replaces the link and not the device.
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
        assertThatThrownBy(() -> ReportFile.write(full, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No space left");
        assertThat(full).isSymbolicLink();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.00|0",
                "3.8|3.80",
                "-0.86|-0.86",
                "0.565|0.565",
                "2.41811|2.418",
                "0.000012349|0.00001235",
                "19092.834|19,092.83",
                "1000|1,000.00"
            })
    void writesMoneyForAGlance(BigDecimal money, String text) {
        assertThat(NumberText.money(money)).isEqualTo(text);
    }

    @Test
    void saysWhyAReportCannotBeWritten(@TempDir Path folder) {
        assertThatThrownBy(() -> ReportFile.write(folder, "x"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> ReportFile.write(folder.resolve("none/report.html"), "x"))
                .hasMessageContaining("the folder of");
        assertThatThrownBy(() -> ReportFile.write(Path.of("/dev/full/x.html"), "x"))
                .isInstanceOf(IOException.class);
    }
}
