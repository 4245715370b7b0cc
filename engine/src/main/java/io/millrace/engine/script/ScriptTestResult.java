package io.millrace.engine.script;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one test ended.
 *
 * @param failure what went wrong, for people, in lines; null if it passed
 */
public record ScriptTestResult(ScriptTest test, @Nullable String failure) {
  public boolean isPassed() {
    return failure == null;
  }

  /** The failure with the name of the test and where it is, empty if it passed. */
  public Optional<String> failureText() {
    return failure == null
        ? Optional.empty()
        : Optional.of("FAILED " + test.name() + " (" + test.location() + ")\n" + failure);
  }
}
