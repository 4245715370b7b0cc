package io.millrace.language.analysis;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.Lambda;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A handful of functions with the traits that analysis and rewrites distinguish. */
public final class FakeFunctions {
  private FakeFunctions() {}

  @ScalarFunction(
      name = {"upper", "ucase"},
      signature = "(STRING) -> STRING",
      description = "Capitals.",
      category = "strings",
      examples = {})
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @ScalarFunction(
      name = "length",
      signature = "(STRING) -> INT",
      description = "Characters.",
      category = "strings",
      examples = {})
  public static int length(String text) {
    return text.length();
  }

  @ScalarFunction(
      name = "abs",
      signature = "(BIGINT) -> BIGINT",
      description = "Without sign.",
      category = "numbers",
      examples = {},
      canFail = true)
  public static long abs(long number) {
    return Math.absExact(number);
  }

  @ScalarFunction(
      name = "abs",
      signature = "(DOUBLE) -> DOUBLE",
      description = "Without sign.",
      category = "numbers",
      examples = {})
  public static double abs(double number) {
    return Math.abs(number);
  }

  @ScalarFunction(
      name = "random",
      signature = "() -> DOUBLE",
      description = "Any number.",
      category = "numbers",
      examples = {},
      deterministic = false)
  public static double random() {
    return 0.5;
  }

  @ScalarFunction(
      name = {"now", "current_timestamp"},
      signature = "() -> TIMESTAMP",
      description = "The clock.",
      category = "time",
      examples = {},
      deterministic = false)
  public static long now(EvaluationContext context) {
    return context.clock().millis();
  }

  @ScalarFunction(
      name = "transform",
      signature = "(ARRAY<T>, (T) -> U) -> ARRAY<U>",
      description = "Each element changed.",
      category = "collections",
      examples = {},
      canFail = true)
  public static List<?> transform(List<?> elements, Lambda change) {
    List<@Nullable Object> changed = new ArrayList<>();
    elements.forEach(element -> changed.add(change.apply(element, null)));
    return changed;
  }

  @ScalarFunction(
      name = "filter",
      signature = "(ARRAY<T>, (T) -> BOOLEAN) -> ARRAY<T>",
      description = "Some elements.",
      category = "collections",
      examples = {},
      canFail = true)
  public static List<?> filter(List<?> elements, Lambda condition) {
    return elements.stream().filter(e -> Boolean.TRUE.equals(condition.apply(e, null))).toList();
  }

  @ScalarFunction(
      name = "$like",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Matches.",
      category = "strings",
      examples = {})
  public static boolean like(String text, @Prepared("likePattern") Pattern pattern) {
    return pattern.matcher(text).matches();
  }

  public static Pattern likePattern(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("%", "\\E.*\\Q"), Pattern.DOTALL);
  }

  @ScalarFunction(
      name = "$rlike",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Finds.",
      category = "strings",
      examples = {})
  public static boolean rlike(String text, @Prepared("regex") Pattern pattern) {
    return pattern.matcher(text).find();
  }

  public static Pattern regex(String pattern) {
    if (pattern.startsWith("(") && !pattern.endsWith(")")) {
      throw new RowException("the regular expression has an open group");
    }
    return Pattern.compile(pattern);
  }

  @ScalarFunction(
      name = "$extract",
      signature = "(STRING, TIMESTAMP) -> BIGINT",
      description = "A part.",
      category = "time",
      examples = {},
      canFail = true)
  public static long extract(String part, long time) {
    return part.length() + time;
  }

  @ScalarFunction(
      name = "$floor_to",
      signature = "(TIMESTAMP, STRING) -> TIMESTAMP",
      description = "Rounded.",
      category = "time",
      examples = {},
      canFail = true)
  public static long floorTo(long time, String unit) {
    return time - unit.length();
  }
}
