package io.millrace.engine.script;

import io.millrace.engine.Deployment;
import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.DiagnosticRenderer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.ScriptException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs one script test. Used once. */
final class ScriptTestRun {
  /** What looks at the clock, so that each row must be processed at its own time. */
  private static final Pattern LOOKS_AT_CLOCK =
      Pattern.compile("\\b(now|current_\\w+)\\b", Pattern.CASE_INSENSITIVE);

  private final ScriptTest test;
  private final ScriptTestOptions options;
  private final List<ActualRow> rows = new ArrayList<>();
  private @Nullable TestInput pending;

  ScriptTestRun(ScriptTest test, ScriptTestOptions options) {
    this.test = test;
    this.options = options;
  }

  ScriptTestResult run() {
    return new ScriptTestResult(test, failure());
  }

  private @Nullable String failure() {
    String refusal = null;
    try {
      play();
    } catch (ScriptException e) {
      refusal = text(e);
    } catch (MillraceException e) {
      refusal = e.message();
    } catch (RuntimeException | StackOverflowError e) { // a defect: this test fails, others go on
      return "  the engine failed: " + describe(e);
    }
    if (test.expectation() instanceof Expectation.Refusal expected) {
      return compareRefusal(expected, refusal);
    }
    if (refusal != null) {
      return refusal.indent(2);
    }
    String differences = new RowComparison((Expectation.Rows) test.expectation()).differences(rows);
    return differences.isEmpty() ? null : differences;
  }

  private void play() {
    Deployment deployment = Deployment.of(test.script()).fromFile(test.file());
    for (var variable : options.variables().entrySet()) {
      deployment = deployment.withVariable(variable.getKey(), variable.getValue());
    }
    TestSession session = new TestSession(options, deployment, firstTime(), rows);
    try {
      session.start();
      List<InputLine> lines = test.input();
      for (int i = 0; i < lines.size(); i++) {
        if (options.restarts().isBefore(i, lines.size())) {
          flush(session);
          session = session.restart();
        }
        session = play(session, lines.get(i));
      }
      flush(session);
    } finally {
      session.close();
    }
  }

  private long firstTime() {
    for (InputLine line : test.input()) {
      if (line instanceof InputLine.RowLine row) {
        return row.time();
      }
      if (line instanceof InputLine.TimeLine time) {
        return time.time();
      }
    }
    return 0;
  }

  private TestSession play(TestSession session, InputLine line) {
    try {
      if (line instanceof InputLine.RowLine row) {
        playRow(session, row);
        return session;
      }
      flush(session);
      if (line instanceof InputLine.TimeLine time) {
        session.advanceClock(time.time());
        session.advanceWatermarks(time.time());
      } else if (line instanceof InputLine.QuestionLine question) {
        session.ask(question.select());
      } else {
        return session.restart();
      }
      return session;
    } catch (ScriptException e) {
      throw new MillraceException(test.location(line.line()) + ": " + text(e), e);
    } catch (MillraceException e) {
      throw new MillraceException(test.location(line.line()) + ": " + e.message(), e);
    }
  }

  private void playRow(TestSession session, InputLine.RowLine row) {
    TestInput input = session.input(row.stream());
    if (pending != input) {
      flush(session);
    }
    if (row.isDeletion()) {
      flush(session);
      session.advanceClock(row.time());
      input.delete(row);
      return;
    }
    input.add(row);
    pending = input;
    if (options.batchSize() == 1 || !mayBatch(session, row.stream())) {
      flush(session);
    }
  }

  private boolean mayBatch(TestSession session, String stream) {
    return session.hasOwnClock(stream) && !LOOKS_AT_CLOCK.matcher(test.script()).find();
  }

  /** Sends the rows that wait: the clock goes to the first before, and to the last after them. */
  private void flush(TestSession session) {
    TestInput input = pending;
    pending = null;
    if (input != null && !input.isEmpty()) {
      long last = input.greatestTime();
      session.advanceClock(input.firstTime());
      input.flush();
      session.advanceClock(last);
    }
  }

  private static @Nullable String compareRefusal(
      Expectation.Refusal expected, @Nullable String refusal) {
    if (refusal == null) {
      return "  expected an error, but there is none: " + String.join(" / ", expected.parts());
    }
    List<String> missing =
        expected.parts().stream().filter(part -> !refusal.contains(part)).toList();
    return missing.isEmpty()
        ? null
        : "  the message lacks: "
            + String.join("\n                     ", missing)
            + "\n  it is:\n"
            + refusal.indent(4);
  }

  /** Each error as {@code line:column message} and its hint, then as it is shown to users. */
  private static String text(ScriptException refusal) {
    StringBuilder text = new StringBuilder();
    for (Diagnostic diagnostic : refusal.diagnostics()) {
      text.append(diagnostic.span().line())
          .append(':')
          .append(diagnostic.span().column())
          .append(' ')
          .append(diagnostic.message())
          .append('\n');
      diagnostic.findHint().ifPresent(hint -> text.append(hint).append('\n'));
    }
    return text.append('\n')
        .append(new DiagnosticRenderer(false).render(refusal.source(), refusal.diagnostics()))
        .toString();
  }

  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString()).append('\n');
    StackTraceElement[] frames = failure.getStackTrace();
    for (int i = 0; i < Math.min(12, frames.length); i++) {
      text.append("      at ").append(frames[i]).append('\n');
    }
    Throwable cause = failure.getCause();
    return cause == null ? text.toString() : text + "    because of " + cause + '\n';
  }
}
