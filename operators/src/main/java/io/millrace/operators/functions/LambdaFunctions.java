package io.millrace.operators.functions;

import io.millrace.spi.error.RowException;
import io.millrace.spi.function.Lambda;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that call a lambda for the elements of a collection. What it throws goes through. */
public final class LambdaFunctions {
  private LambdaFunctions() {}

  @ScalarFunction(
      name = "transform",
      signature = "(ARRAY<T>, (T) -> U) -> ARRAY<U>",
      description = "What the lambda makes of each element.",
      category = Category.COLLECTIONS,
      examples = {"transform(ARRAY[1, 2], x => x * 2) = ARRAY[2, 4]"})
  public static List<?> transform(List<?> array, Lambda lambda) {
    List<@Nullable Object> result = new ArrayList<>(array.size());
    for (Object element : array) {
      result.add(lambda.apply(element, null));
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "transform",
      signature = "(MAP<K, V>, (K, V) -> T, (K, V) -> U) -> MAP<T, U>",
      description =
          "The map of what the lambdas make of each key and value; a NULL key is a row error.",
      category = Category.COLLECTIONS,
      examples = {"transform(MAP['a', 1], (k, v) => upper(k), (k, v) => v + 1) = MAP['A', 2]"},
      canFail = true)
  public static Map<?, ?> transform(Map<?, ?> map, Lambda keyLambda, Lambda valueLambda) {
    Map<Object, @Nullable Object> result = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = keyLambda.apply(entry.getKey(), entry.getValue());
      if (key == null) {
        throw new RowException("a key of a MAP is NULL");
      }
      result.put(key, valueLambda.apply(entry.getKey(), entry.getValue()));
    }
    return Collections.unmodifiableMap(result);
  }

  @ScalarFunction(
      name = "filter",
      signature = "(ARRAY<T>, (T) -> BOOLEAN) -> ARRAY<T>",
      description = "The elements for which the lambda is true.",
      category = Category.COLLECTIONS,
      examples = {"filter(ARRAY[1, 2, 3], x => x > 1) = ARRAY[2, 3]"})
  public static List<?> filter(List<?> array, Lambda lambda) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object element : array) {
      if (Boolean.TRUE.equals(lambda.apply(element, null))) {
        result.add(element);
      }
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "filter",
      signature = "(MAP<K, V>, (K, V) -> BOOLEAN) -> MAP<K, V>",
      description = "The entries for which the lambda is true.",
      category = Category.COLLECTIONS,
      examples = {"filter(MAP['a', 1, 'b', 2], (k, v) => v > 1) = MAP['b', 2]"})
  public static Map<?, ?> filter(Map<?, ?> map, Lambda lambda) {
    Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (Boolean.TRUE.equals(lambda.apply(key, value))) {
            result.put(key, value);
          }
        });
    return Collections.unmodifiableMap(result);
  }

  @ScalarFunction(
      name = "reduce",
      signature = "(ARRAY<T>, U, (U, T) -> U) -> U",
      description =
          "What the lambda makes of the value so far, at first the given one, and each"
              + " element in turn.",
      category = Category.COLLECTIONS,
      examples = {"reduce(ARRAY[1, 2, 3], 10, (sum, x) => sum + x) = 16"})
  public static @Nullable Object reduce(List<?> array, @Nullable Object initial, Lambda lambda) {
    Object result = initial;
    for (Object element : array) {
      result = lambda.apply(result, element);
    }
    return result;
  }

  @ScalarFunction(
      name = "any_match",
      signature = "(ARRAY<T>, (T) -> BOOLEAN) -> BOOLEAN",
      description =
          "Whether the lambda is true for an element; NULL if it is NULL for one and true"
              + " for none.",
      category = Category.COLLECTIONS,
      examples = {
        "any_match(ARRAY[1, 2], x => x > 1) = TRUE",
        "any_match(ARRAY[1, NULL], x => x > 1) IS NULL"
      })
  public static @Nullable Boolean anyMatch(List<?> array, Lambda lambda) {
    Boolean result = false;
    for (Object element : array) {
      Object matches = lambda.apply(element, null);
      if (Boolean.TRUE.equals(matches)) {
        return true;
      }
      result = matches == null ? null : result;
    }
    return result;
  }

  @ScalarFunction(
      name = "all_match",
      signature = "(ARRAY<T>, (T) -> BOOLEAN) -> BOOLEAN",
      description =
          "Whether the lambda is true for all elements; NULL if it is NULL for one and"
              + " false for none.",
      category = Category.COLLECTIONS,
      examples = {
        "all_match(ARRAY[1, 2], x => x > 0) = TRUE",
        "all_match(ARRAY[1, 2], x => x > 1) = FALSE"
      })
  public static @Nullable Boolean allMatch(List<?> array, Lambda lambda) {
    Boolean result = true;
    for (Object element : array) {
      Object matches = lambda.apply(element, null);
      if (Boolean.FALSE.equals(matches)) {
        return false;
      }
      result = matches == null ? null : result;
    }
    return result;
  }

  @ScalarFunction(
      name = "none_match",
      signature = "(ARRAY<T>, (T) -> BOOLEAN) -> BOOLEAN",
      description =
          "Whether the lambda is true for no element; NULL if it is NULL for one and true"
              + " for none.",
      category = Category.COLLECTIONS,
      examples = {"none_match(ARRAY[1, 2], x => x > 2) = TRUE"})
  public static @Nullable Boolean noneMatch(List<?> array, Lambda lambda) {
    Boolean any = anyMatch(array, lambda);
    return any == null ? null : (Boolean) !any;
  }
}
