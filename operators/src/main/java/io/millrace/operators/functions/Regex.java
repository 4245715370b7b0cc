package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression of java.util.regex, made once. */
public final class Regex {
  private final Pattern pattern;

  private Regex(Pattern pattern) {
    this.pattern = pattern;
  }

  static Regex of(String text) {
    try {
      return new Regex(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new RowException(
          "bad regular expression '"
              + text
              + "': "
              + e.getDescription()
              + " near index "
              + e.getIndex());
    }
  }

  Pattern pattern() {
    return pattern;
  }

  /**
   * Applies work to a matcher. The matcher of the JDK recurses over alternatives in repeats; a text
   * on which the stack ends is a row error, not the end of the job.
   */
  <R> R match(String text, Function<Matcher, R> work) {
    try {
      return work.apply(pattern.matcher(text));
    } catch (StackOverflowError ignored) { // said by the row error; the stack has unwound
      throw new RowException(
          "regular expression '"
              + pattern
              + "' takes too many steps on a text of "
              + text.length()
              + " characters");
    }
  }
}
