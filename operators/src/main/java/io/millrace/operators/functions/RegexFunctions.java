package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Regular expressions of java.util.regex, searched for anywhere in a text. */
public final class RegexFunctions {
  private RegexFunctions() {}

  /** Makes the expression of an argument. */
  public static Regex regex(String pattern) {
    return Regex.of(pattern);
  }

  @ScalarFunction(
      name = {"regexp_like", "$rlike"},
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Whether a part of the text matches, as the operator REGEXP says.",
      category = Category.REGEX,
      examples = {"regexp_like('stream', 'r.a') = TRUE", "regexp_like('stream', '^r') = FALSE"},
      canFail = true)
  public static boolean regexpLike(String text, @Prepared("regex") Regex regex) {
    return regex.match(text, Matcher::find);
  }

  @ScalarFunction(
      name = "regexp_extract",
      signature = "(STRING, STRING) -> STRING",
      description = "The first part that matches; NULL if none does.",
      category = Category.REGEX,
      examples = {
        "regexp_extract('order 66, item 7', '[0-9]+') = '66'",
        "regexp_extract('order', '[0-9]+') IS NULL"
      },
      canFail = true)
  public static @Nullable String regexpExtract(String text, @Prepared("regex") Regex regex) {
    return regexpExtract(text, regex, 0);
  }

  @ScalarFunction(
      name = "regexp_extract",
      signature = "(STRING, STRING, BIGINT) -> STRING",
      description =
          "A group, from 1, of the first part that matches; NULL if none does or there is no such"
              + " group.",
      category = Category.REGEX,
      examples = {"regexp_extract('a=1, b=2', '(\\w)=(\\d)', 2) = '1'"},
      canFail = true)
  public static @Nullable String regexpExtract(
      String text, @Prepared("regex") Regex regex, long group) {
    return regex.<@Nullable String>match(
        text,
        matcher -> {
          boolean exists = group >= 0 && group <= matcher.groupCount();
          return exists && matcher.find() ? matcher.group((int) group) : null;
        });
  }

  @ScalarFunction(
      name = "regexp_extract_all",
      signature = "(STRING, STRING) -> ARRAY<STRING>",
      description = "All parts that match; an empty array if none does.",
      category = Category.REGEX,
      examples = {"regexp_extract_all('order 66, item 7', '[0-9]+') = ARRAY['66', '7']"},
      canFail = true)
  public static List<?> regexpExtractAll(String text, @Prepared("regex") Regex regex) {
    return all(text, regex, 0);
  }

  @ScalarFunction(
      name = "regexp_extract_all",
      signature = "(STRING, STRING, BIGINT) -> ARRAY<STRING>",
      description = "A group, from 1, of all parts that match; NULL if there is no such group.",
      category = Category.REGEX,
      examples = {"regexp_extract_all('a=1, b=2', '(\\w)=(\\d)', 1) = ARRAY['a', 'b']"},
      canFail = true)
  public static @Nullable List<?> regexpExtractAll(
      String text, @Prepared("regex") Regex regex, long group) {
    boolean exists = group >= 0 && group <= regex.pattern().matcher("").groupCount();
    return exists ? all(text, regex, (int) group) : null;
  }

  private static List<?> all(String text, Regex regex, int group) {
    return regex.<List<?>>match(
        text,
        matcher -> {
          List<@Nullable String> parts = new ArrayList<>();
          while (matcher.find()) {
            parts.add(matcher.group(group));
          }
          return Collections.unmodifiableList(parts);
        });
  }

  @ScalarFunction(
      name = "regexp_replace",
      signature = "(STRING, STRING, STRING) -> STRING",
      description = "All parts that match replaced; $1 in the replacement is the first group.",
      category = Category.REGEX,
      examples = {
        "regexp_replace('2024-03-01', '(\\d+)-(\\d+)-(\\d+)', '$3.$2.$1') = '01.03.2024'",
        "regexp_replace('abc', 'x', 'y') = 'abc'"
      },
      canFail = true)
  public static String regexpReplace(
      String text, @Prepared("regex") Regex regex, String replacement) {
    try {
      return regex.match(text, matcher -> matcher.replaceAll(replacement));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new RowException("bad replacement '" + replacement + "': " + e.getMessage());
    }
  }

  @ScalarFunction(
      name = {"regexp_split", "regexp_split_to_array"},
      signature = "(STRING, STRING) -> ARRAY<STRING>",
      description = "The parts between what matches.",
      category = Category.REGEX,
      examples = {"regexp_split('a1b22c', '[0-9]+') = ARRAY['a', 'b', 'c']"},
      canFail = true)
  public static List<?> regexpSplit(String text, @Prepared("regex") Regex regex) {
    return regex.<List<?>>match(
        text,
        matcher -> Collections.unmodifiableList(Arrays.asList(matcher.pattern().split(text, -1))));
  }
}
