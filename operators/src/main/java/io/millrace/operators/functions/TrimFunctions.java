package io.millrace.operators.functions;

import io.millrace.spi.function.ScalarFunction;

/** Functions that take characters off the ends of strings. */
public final class TrimFunctions {
  private TrimFunctions() {}

  @ScalarFunction(
      name = {"trim", "btrim"},
      signature = "(STRING) -> STRING",
      description = "The text without blanks at either end.",
      category = Category.STRINGS,
      examples = {"trim('  a b ') = 'a b'"})
  public static String trim(String text) {
    return trim(text, " ");
  }

  @ScalarFunction(
      name = {"trim", "btrim"},
      signature = "(STRING, STRING) -> STRING",
      description = "The text without any of the given characters at either end.",
      category = Category.STRINGS,
      examples = {"trim('xyaxbyy', 'xy') = 'axb'"})
  public static String trim(String text, String characters) {
    return ltrim(rtrim(text, characters), characters);
  }

  @ScalarFunction(
      name = "ltrim",
      signature = "(STRING) -> STRING",
      description = "The text without blanks at its beginning.",
      category = Category.STRINGS,
      examples = {"ltrim('  a ') = 'a '"})
  public static String ltrim(String text) {
    return ltrim(text, " ");
  }

  @ScalarFunction(
      name = "ltrim",
      signature = "(STRING, STRING) -> STRING",
      description = "The text without any of the given characters at its beginning.",
      category = Category.STRINGS,
      examples = {"ltrim('00120', '0') = '120'"})
  public static String ltrim(String text, String characters) {
    int from = 0;
    while (from < text.length() && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    return text.substring(from);
  }

  @ScalarFunction(
      name = "rtrim",
      signature = "(STRING) -> STRING",
      description = "The text without blanks at its end.",
      category = Category.STRINGS,
      examples = {"rtrim(' a  ') = ' a'"})
  public static String rtrim(String text) {
    return rtrim(text, " ");
  }

  @ScalarFunction(
      name = "rtrim",
      signature = "(STRING, STRING) -> STRING",
      description = "The text without any of the given characters at its end.",
      category = Category.STRINGS,
      examples = {"rtrim('1.500', '0') = '1.5'"})
  public static String rtrim(String text, String characters) {
    int to = text.length();
    while (to > 0 && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(0, to);
  }
}
