package io.millrace.engine.script;

import java.util.List;

/** How all tests ended, in their order. */
public record ScriptTestReport(List<ScriptTestResult> results) {
  public ScriptTestReport {
    results = List.copyOf(results);
  }

  public int passed() {
    return (int) results.stream().filter(ScriptTestResult::isPassed).count();
  }

  public int failed() {
    return results.size() - passed();
  }

  /** {@code N passed, N failed}. */
  public String summary() {
    return passed() + " passed, " + failed() + " failed";
  }

  /** Every failure, then the summary as the last line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (ScriptTestResult result : results) {
      result.failureText().ifPresent(failure -> text.append(failure).append('\n'));
    }
    return text.append(summary()).toString();
  }
}
