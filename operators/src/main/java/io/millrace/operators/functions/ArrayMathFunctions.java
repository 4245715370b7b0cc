package io.millrace.operators.functions;

import io.millrace.operators.values.Comparisons;
import io.millrace.operators.values.DecimalMath;
import io.millrace.operators.values.ValueText;
import io.millrace.spi.data.Struct;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.PreparedForType;
import io.millrace.spi.function.ScalarFunction;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is computed from all elements of an array, and arrays that are computed. */
public final class ArrayMathFunctions {
  private static final int MOST_ELEMENTS = 1_000_000;

  private ArrayMathFunctions() {}

  /** Reads ASC or DESC. */
  public static Boolean descending(String order) {
    return switch (order.strip().toUpperCase(Locale.ROOT)) {
      case "ASC", "ASCENDING" -> false;
      case "DESC", "DESCENDING" -> true;
      default -> throw new RowException("unknown order '" + order + "': expected ASC or DESC");
    };
  }

  /** How the elements of an array are written as texts. */
  public static Function<Object, String> elementText(DataType array) {
    DataType element = array instanceof DataType.Array type ? type.element() : DataType.NULL;
    return value -> ValueText.of(element, value);
  }

  @ScalarFunction(
      name = "array_sort",
      signature = "(ARRAY<T>) -> ARRAY<T>",
      description = "The elements in rising order, NULLs last.",
      category = Category.COLLECTIONS,
      examples = {"array_sort(ARRAY[3, NULL, 1]) = ARRAY[1, 3, NULL]"})
  public static List<?> arraySort(List<?> array) {
    return arraySort(array, false);
  }

  @ScalarFunction(
      name = "array_sort",
      signature = "(ARRAY<T>, STRING) -> ARRAY<T>",
      description = "The elements in the order ASC (NULLs last) or DESC (NULLs first).",
      category = Category.COLLECTIONS,
      examples = {"array_sort(ARRAY[1, 3, 2], 'DESC') = ARRAY[3, 2, 1]"},
      canFail = true)
  public static List<?> arraySort(List<?> array, @Prepared("descending") Boolean descending) {
    List<@Nullable Object> result = new ArrayList<>(array);
    result.sort(descending ? Comparisons.NULLS_LAST.reversed() : Comparisons.NULLS_LAST);
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_min",
      signature = "(ARRAY<T>) -> T",
      description = "The least element that is not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_min(ARRAY[3, NULL, 1]) = 1"})
  public static @Nullable Object arrayMin(List<?> array) {
    Object best = null;
    for (Object element : array) {
      if (element != null && (best == null || Comparisons.compare(element, best) < 0)) {
        best = element;
      }
    }
    return best;
  }

  @ScalarFunction(
      name = "array_max",
      signature = "(ARRAY<T>) -> T",
      description = "The greatest element that is not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_max(ARRAY[3, NULL, 1]) = 3"})
  public static @Nullable Object arrayMax(List<?> array) {
    Object best = null;
    for (Object element : array) {
      if (element != null && (best == null || Comparisons.compare(element, best) > 0)) {
        best = element;
      }
    }
    return best;
  }

  @ScalarFunction(
      name = "array_sum",
      signature = "(ARRAY<BIGINT>) -> BIGINT",
      description = "The sum of the elements that are not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_sum(ARRAY[1, NULL, 2]) = 3"},
      canFail = true)
  public static @Nullable Long arraySum(List<?> array) {
    Long sum = null;
    for (Object element : array) {
      if (element != null) {
        sum = Math.addExact(sum == null ? 0 : sum, (long) element);
      }
    }
    return sum;
  }

  @ScalarFunction(
      name = "array_sum",
      signature = "(ARRAY<DOUBLE>) -> DOUBLE",
      description = "The sum of the elements that are not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_sum(ARRAY[5e-1, 1e0]) = 1.5"})
  public static @Nullable Double arraySumOfDoubles(List<?> array) {
    double sum = 0;
    int count = 0;
    for (Object element : array) {
      if (element != null) {
        sum += (double) element;
        count++;
      }
    }
    return count == 0 ? null : (Double) sum;
  }

  @ScalarFunction(
      name = "array_sum",
      signature = "(ARRAY<DECIMAL(p,s)>) -> DECIMAL(38,s)",
      description = "The sum of the elements that are not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_sum(ARRAY[0.10, 0.20]) = 0.30"},
      canFail = true)
  public static @Nullable BigDecimal arraySumOfDecimals(List<?> array) {
    BigDecimal sum = null;
    for (Object element : array) {
      if (element != null) {
        BigDecimal next = (BigDecimal) element;
        sum = sum == null ? next : sum.add(next);
      }
    }
    return sum == null ? null : DecimalMath.exact(sum, 38, sum.scale(), "array_sum");
  }

  @ScalarFunction(
      name = "array_avg",
      signature = "(ARRAY<DOUBLE>) -> DOUBLE",
      description = "The mean of the elements that are not NULL; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"array_avg(ARRAY[1, 2, NULL]) = 1.5"})
  public static @Nullable Double arrayAvg(List<?> array) {
    Double sum = arraySumOfDoubles(array);
    long count = array.stream().filter(element -> element != null).count();
    return sum == null ? null : (Double) (sum / count);
  }

  @ScalarFunction(
      name = "array_join",
      signature = "(ARRAY<T>, STRING) -> STRING",
      description = "The texts of the elements that are not NULL, with a separator between them.",
      category = Category.COLLECTIONS,
      examples = {"array_join(ARRAY[1, NULL, 2], '-') = '1-2'"},
      canFail = true)
  public static String arrayJoin(
      List<?> array,
      String separator,
      @PreparedForType(value = "elementText", argument = 1) Function<Object, String> text) {
    return join(array, separator, null, text);
  }

  @ScalarFunction(
      name = "array_join",
      signature = "(ARRAY<T>, STRING, STRING) -> STRING",
      description =
          "The texts of the elements, a given one for NULL, with a separator between them.",
      category = Category.COLLECTIONS,
      examples = {"array_join(ARRAY['a', NULL], ', ', '?') = 'a, ?'"},
      canFail = true)
  public static String arrayJoin(
      List<?> array,
      String separator,
      String nullText,
      @PreparedForType(value = "elementText", argument = 1) Function<Object, String> text) {
    return join(array, separator, nullText, text);
  }

  private static String join(
      List<?> array, String separator, @Nullable String nullText, Function<Object, String> text) {
    List<String> texts = new ArrayList<>();
    for (Object element : array) {
      String each = element == null ? nullText : text.apply(element);
      if (each != null) {
        texts.add(each);
      }
    }
    return String.join(separator, texts);
  }

  @ScalarFunction(
      name = "sequence",
      signature = "(BIGINT, BIGINT) -> ARRAY<BIGINT>",
      description = "The numbers from the first to the second, up or down.",
      category = Category.COLLECTIONS,
      examples = {"sequence(1, 4) = ARRAY[1, 2, 3, 4]", "sequence(2, 1) = ARRAY[2, 1]"},
      canFail = true)
  public static List<?> sequence(long from, long to) {
    return sequence(from, to, from <= to ? 1 : -1);
  }

  @ScalarFunction(
      name = "sequence",
      signature = "(BIGINT, BIGINT, BIGINT) -> ARRAY<BIGINT>",
      description = "The numbers from the first to at most the second by a step.",
      category = Category.COLLECTIONS,
      examples = {"sequence(1, 10, 4) = ARRAY[1, 5, 9]"},
      canFail = true)
  public static List<?> sequence(long from, long to, long step) {
    if (step == 0) {
      throw new RowException("sequence needs a step that is not 0");
    }
    List<Object> numbers = new ArrayList<>();
    long count = from == to || (from < to) == (step > 0) ? steps(from, to, step) : -1;
    for (long i = 0; i <= count; i++) {
      numbers.add(from + i * step);
    }
    return Collections.unmodifiableList(numbers);
  }

  private static long steps(long from, long to, long step) {
    long count = Math.subtractExact(to, from) / step;
    if (count >= MOST_ELEMENTS) {
      throw new RowException("a sequence has at most " + MOST_ELEMENTS + " elements");
    }
    return count;
  }

  @ScalarFunction(
      name = "sequence",
      signature = "(TIMESTAMP, TIMESTAMP, INTERVAL) -> ARRAY<TIMESTAMP>",
      description = "The times from the first to at most the second by an interval.",
      category = Category.COLLECTIONS,
      examples = {
        "cardinality(sequence(TIMESTAMP '2024-03-01 00:00:00', TIMESTAMP '2024-03-02"
            + " 00:00:00', INTERVAL '1' HOUR)) = 25"
      },
      canFail = true)
  public static List<?> sequenceOfTimes(long from, long to, long step) {
    return sequence(from, to, step);
  }

  @ScalarFunction(
      name = "zip",
      signature = "(ARRAY<T>, ARRAY<U>) -> ARRAY<STRUCT<first T, second U>>",
      description = "The elements of both arrays in pairs; the shorter array is filled with NULL.",
      category = Category.COLLECTIONS,
      examples = {
        "to_json(zip(ARRAY[1, 2], ARRAY['a'])) ="
            + " '[{\"first\":1,\"second\":\"a\"},{\"first\":2,\"second\":null}]'"
      })
  public static List<?> zip(List<?> a, List<?> b) {
    List<Object> pairs = new ArrayList<>();
    for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
      pairs.add(Struct.of(i < a.size() ? a.get(i) : null, i < b.size() ? b.get(i) : null));
    }
    return Collections.unmodifiableList(pairs);
  }
}
