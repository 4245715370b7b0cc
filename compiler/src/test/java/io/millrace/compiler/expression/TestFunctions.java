package io.millrace.compiler.expression;

import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.Lambda;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.PreparedForType;
import io.millrace.spi.function.ScalarFunction;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of every shape that calls may have. */
public final class TestFunctions {
  private static final FunctionCatalog CATALOG =
      FunctionCatalog.of(List.of(() -> List.of(TestFunctions.class)));

  private TestFunctions() {}

  static FunctionCall call(String name, DataType type, RowExpression... arguments) {
    return new FunctionCall(CATALOG.find(name).get(0), List.of(arguments), type);
  }

  @ScalarFunction(
      name = "next",
      signature = "(BIGINT) -> BIGINT",
      description = "The next.",
      category = "test",
      examples = {},
      canFail = true)
  public static long next(long value) {
    return Math.addExact(value, 1);
  }

  @ScalarFunction(
      name = "shout",
      signature = "(STRING) -> STRING",
      description = "Loud.",
      category = "test",
      examples = {})
  public static String shout(String text) {
    return text + "!";
  }

  @ScalarFunction(
      name = "size",
      signature = "(STRING) -> INT",
      description = "Length.",
      category = "test",
      examples = {})
  public static int size(String text) {
    return text.length();
  }

  @ScalarFunction(
      name = "half",
      signature = "(BIGINT) -> BIGINT",
      description = "Half of what is even.",
      category = "test",
      examples = {})
  public static @Nullable Long half(long value) {
    return value % 2 == 0 ? value / 2 : null;
  }

  @ScalarFunction(
      name = "or_else",
      signature = "(BIGINT, BIGINT) -> BIGINT",
      description = "The first, or the second.",
      category = "test",
      examples = {})
  public static long orElse(@Nullable Long first, long second) {
    return first == null ? second : first;
  }

  @ScalarFunction(
      name = "joined",
      signature = "(STRING, STRING...) -> STRING",
      description = "Joins.",
      category = "test",
      examples = {})
  public static String joined(String separator, @Nullable String... parts) {
    List<String> present = new ArrayList<>();
    for (String part : parts) {
      if (part != null) {
        present.add(part);
      }
    }
    return String.join(separator, present);
  }

  @ScalarFunction(
      name = "total",
      signature = "(BIGINT...) -> BIGINT",
      description = "Sums.",
      category = "test",
      examples = {},
      canFail = true)
  public static long total(long... values) {
    long sum = 0;
    for (long value : values) {
      sum = Math.addExact(sum, value);
    }
    return sum;
  }

  @ScalarFunction(
      name = "found",
      signature = "(STRING, STRING) -> BOOLEAN",
      description = "Finds.",
      category = "test",
      examples = {},
      canFail = true)
  public static boolean found(String text, @Prepared("pattern") Pattern pattern) {
    return pattern.matcher(text).find();
  }

  public static Pattern pattern(String text) {
    if (text.contains("(")) {
      throw new RowException("no pattern: " + text);
    }
    return Pattern.compile(text);
  }

  @ScalarFunction(
      name = "same",
      signature = "(T) -> T",
      description = "Itself.",
      category = "test",
      examples = {})
  public static Object same(Object value) {
    return value;
  }

  @ScalarFunction(
      name = "mapped",
      signature = "(ARRAY<T>, (T) -> U) -> ARRAY<U>",
      description = "Maps.",
      category = "test",
      examples = {},
      canFail = true)
  public static List<?> mapped(List<?> array, Lambda lambda) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object element : array) {
      result.add(lambda.apply(element, null));
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "folded",
      signature = "(ARRAY<T>, U, (U, T) -> U) -> U",
      description = "Folds.",
      category = "test",
      examples = {},
      canFail = true)
  public static @Nullable Object folded(List<?> array, @Nullable Object start, Lambda lambda) {
    Object result = start;
    for (Object element : array) {
      result = lambda.apply(result, element);
    }
    return result;
  }

  @ScalarFunction(
      name = "type_of",
      signature = "(ANY) -> STRING",
      description = "The type.",
      category = "test",
      examples = {})
  public static String typeOf(
      Object value, @PreparedForType(value = "sql", argument = 1) String type) {
    return type;
  }

  public static String sql(DataType type) {
    return type.sql();
  }

  @ScalarFunction(
      name = "zone",
      signature = "() -> STRING",
      description = "The zone.",
      category = "test",
      examples = {})
  public static String zone(EvaluationContext context) {
    return context.zone().getId();
  }
}
