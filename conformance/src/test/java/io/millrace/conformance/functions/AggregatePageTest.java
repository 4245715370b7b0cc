package io.millrace.conformance.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.script.ScriptTestOptions;
import io.millrace.engine.script.ScriptTestReport;
import io.millrace.engine.script.ScriptTestResult;
import io.millrace.engine.script.ScriptTests;
import io.millrace.language.plan.AggregateFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/aggregates.md. */
class AggregatePageTest {
  private static final Path PAGE = Path.of("..", "docs", "aggregates.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("^\\| `([^`]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE);
  private static final String ROWS =
      """
      --- input
      @1 S {"x": 3, "y": 10, "t": "b", "c": true}
      @2 S {"x": 1, "y": 20, "t": "a"}
      @3 S {"y": 30}
      @4 S {"x": 4, "y": 20, "t": "b", "c": false}
      @5 S {"x": 1, "y": 40, "t": "c", "c": true}
      --- output
      """;

  @Test
  void shouldGiveWhatThePageSays(@TempDir Path folder) throws IOException {
    StringBuilder cases = new StringBuilder();
    Matcher examples = EXAMPLE.matcher(Files.readString(PAGE));
    while (examples.find()) {
      String call = examples.group(1);
      cases.append("=== ").append(call).append('\n');
      cases.append("CREATE STREAM S (x INT, y INT, t STRING, c BOOLEAN);\n");
      cases.append("SELECT ").append(call).append(" AS r FROM S WINDOW LENGTH_BATCH (5);\n");
      cases.append(ROWS);
      cases.append("result {\"r\": ").append(examples.group(2)).append("}\n\n");
    }
    Path file = Files.writeString(folder.resolve("aggregates.test"), cases);
    List<ScriptTestResult> results =
        ScriptTests.find(List.of(file)).stream()
            .map(test -> ScriptTests.run(test, ScriptTestOptions.defaults()))
            .toList();
    ScriptTestReport report = new ScriptTestReport(results);
    assertThat(report.failed()).as("%s", report.text()).isZero();
  }

  @Test
  void shouldHaveAnExampleOfEachAggregate() throws IOException {
    List<String> calls =
        EXAMPLE.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
    for (AggregateFunction function : AggregateFunction.values()) {
      assertThat(calls).anyMatch(call -> call.startsWith(function.sqlName() + "("));
    }
  }
}
