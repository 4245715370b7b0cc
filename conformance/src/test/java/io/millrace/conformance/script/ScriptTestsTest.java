package io.millrace.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.script.ScriptTest;
import io.millrace.engine.script.ScriptTestOptions;
import io.millrace.engine.script.ScriptTestReport;
import io.millrace.engine.script.ScriptTests;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTestsTest {
  private static final String DOUBLING =
      """
      === doubles
      CREATE STREAM T (x INT);
      CREATE STREAM D AS SELECT x * 2 AS y FROM T;
      --- input
      @1000 T {"x": 1}
      @2000 T {"x": 2}
      --- output
      """;

  @Test
  void shouldPassWhenRowsAreAsExpected() {
    assertThat(report(DOUBLING + "@00:00:01 D {\"y\": 2}\nD {\"y\": 4.0}\n").text())
        .isEqualTo("1 passed, 0 failed");
  }

  @Test
  void shouldShowRowsSideBySideWhenTheyDiffer() {
    assertThat(report(DOUBLING + "@1000 D {\"y\": 2}\n@2000 D {\"y\": 5}\n").text())
        .isEqualTo(
            """
            FAILED doubles (a.test:1)
                expected         | actual
                @1000 D {"y": 2} | @1000 D {"y": 2}
              - @2000 D {"y": 5} |
              +                  | @2000 D {"y": 4}

            0 passed, 1 failed\
            """);
  }

  @Test
  void shouldFailWhenARowWasNotExpected() {
    assertThat(report(DOUBLING + "@1000 D {\"y\": 2}\n").failed()).isEqualTo(1);
  }

  @Test
  void shouldFailWhenAnExpectedNameIsNoColumn() {
    assertThat(report(DOUBLING + "D {\"y\": 2, \"z\": null}\nD {\"y\": 4}\n").failed())
        .isEqualTo(1);
  }

  @Test
  void shouldCompareAsABagWhenUnordered() {
    assertThat(report(DOUBLING + "unordered\nD {\"y\": 4}\nD {\"y\": 2}\n").failed()).isZero();
  }

  @Test
  void shouldReplaceVariablesWhenTheyAreGiven() {
    String text = DOUBLING.replace("* 2", "* ${factor}") + "D {\"y\": 3}\nD {\"y\": 6}\n";
    ScriptTest test = ScriptTests.parse("a.test", text).get(0);
    ScriptTestOptions options = ScriptTestOptions.defaults().withVariables(Map.of("factor", "3"));
    assertThat(ScriptTests.run(test, options).isPassed()).isTrue();
  }

  @Test
  void shouldNameTheLineWhenAStreamIsUnknown() {
    String text = DOUBLING.replace("@2000 T", "@2000 TT");
    assertThat(report(text).text()).contains("a.test:6: the script has no stream 'TT'");
  }

  @Test
  void shouldNameTheLineWhenTheFileIsMalformed() {
    assertThatThrownBy(() -> ScriptTests.parse("a.test", DOUBLING.replace("@1000", "@1x")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a.test:5: '@1x' is no time");
    assertThatThrownBy(() -> ScriptTests.parse("a.test", DOUBLING + "D {\"y\": }\n"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a.test:8: expected a JSON value at column 9, found '}'");
    assertThatThrownBy(() -> ScriptTests.parse("a.test", "SELECT 1;\n"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a.test:1: expected '=== name of the test'");
    assertThatThrownBy(() -> ScriptTests.parse("a.test", "=== empty\n"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a.test:1: test 'empty' has neither");
  }

  @Test
  void shouldRefuseWhenAPathDoesNotExist() {
    assertThatThrownBy(
            () -> ScriptTests.run(List.of(Path.of("nowhere")), ScriptTestOptions.defaults()))
        .isInstanceOf(MillraceException.class)
        .hasMessage("there is no file or folder 'nowhere'");
  }

  private static ScriptTestReport report(String text) {
    return new ScriptTestReport(
        ScriptTests.parse("a.test", text).stream()
            .map(test -> ScriptTests.run(test, ScriptTestOptions.defaults()))
            .toList());
  }
}
