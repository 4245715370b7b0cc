package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;

/** What the operator LIKE is made of. */
public final class LikeFunctions {
  private LikeFunctions() {}

  /** Makes a pattern in which no character escapes. */
  public static LikePattern likePattern(String pattern) {
    return LikePattern.of(pattern, LikePattern.NO_ESCAPE);
  }

  /** Reads the text behind ESCAPE: one character, or none for no escape. */
  public static Integer escape(String text) {
    if (text.isEmpty()) {
      return LikePattern.NO_ESCAPE;
    }
    if (CodePoints.length(text) != 1) {
      throw new RowException("ESCAPE takes one character, found '" + text + "'");
    }
    return text.codePointAt(0);
  }

  @ScalarFunction(
      name = "$like",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether the text is as the pattern says: % is any text, _ any character.",
      category = Category.HIDDEN,
      examples = {})
  public static boolean like(String text, @Prepared("likePattern") LikePattern pattern) {
    return pattern.matches(text);
  }

  @ScalarFunction(
      name = "$like",
      signature = "(STRING, STRING, STRING) -> BOOLEAN",
      description = "LIKE with an escape character.",
      category = Category.HIDDEN,
      examples = {},
      canFail = true)
  public static boolean like(String text, String pattern, @Prepared("escape") Integer escape) {
    return LikePattern.of(pattern, escape).matches(text);
  }
}
