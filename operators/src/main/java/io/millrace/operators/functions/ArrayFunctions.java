package io.millrace.operators.functions;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arrays as sequences and as sets; elements are equal as {@code =} says, NULL equals NULL. */
public final class ArrayFunctions {
  private ArrayFunctions() {}

  @ScalarFunction(
      name = {"cardinality", "array_length"},
      signature = "(ARRAY<T>) -> INT",
      description = "The number of elements.",
      category = Category.COLLECTIONS,
      examples = {"cardinality(ARRAY[1, NULL]) = 2"})
  public static int cardinality(List<?> array) {
    return array.size();
  }

  @ScalarFunction(
      name = "array_contains",
      signature = "(ARRAY<T>, T) -> BOOLEAN",
      description = "Whether the array has the element.",
      category = Category.COLLECTIONS,
      examples = {
        "array_contains(ARRAY[1, 2], 2) = TRUE",
        "array_contains(ARRAY['a'], 'b') = FALSE"
      })
  public static boolean arrayContains(List<?> array, @Nullable Object element) {
    return arrayPosition(array, element) > 0;
  }

  @ScalarFunction(
      name = "array_position",
      signature = "(ARRAY<T>, T) -> INT",
      description = "Where the element first is, from 1; 0 if it is not there.",
      category = Category.COLLECTIONS,
      examples = {
        "array_position(ARRAY['a', 'b', 'b'], 'b') = 2",
        "array_position(ARRAY['a'], 'c') = 0"
      })
  public static int arrayPosition(List<?> array, @Nullable Object element) {
    for (int i = 0; i < array.size(); i++) {
      if (Comparisons.compareNullable(array.get(i), element) == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  @ScalarFunction(
      name = "element_at",
      signature = "(ARRAY<T>, BIGINT) -> T",
      description =
          "The element at a position from 1, or from the end if negative; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {
        "element_at(ARRAY['a', 'b'], -1) = 'b'",
        "element_at(ARRAY['a', 'b'], 3) IS NULL"
      })
  public static @Nullable Object elementAt(List<?> array, long position) {
    long index = position > 0 ? position - 1 : array.size() + position;
    boolean exists = position != 0 && index >= 0 && index < array.size();
    return exists ? array.get((int) index) : null;
  }

  @ScalarFunction(
      name = "array_distinct",
      signature = "(ARRAY<T>) -> ARRAY<T>",
      description = "The elements without repetitions, in the order of their first appearance.",
      category = Category.COLLECTIONS,
      examples = {"array_distinct(ARRAY[2, 1, 2]) = ARRAY[2, 1]"})
  public static List<?> arrayDistinct(List<?> array) {
    return arrayUnion(array, List.of());
  }

  @ScalarFunction(
      name = "array_union",
      signature = "(ARRAY<T>, ARRAY<T>) -> ARRAY<T>",
      description = "The elements of either array without repetitions.",
      category = Category.COLLECTIONS,
      examples = {"array_union(ARRAY[1, 2], ARRAY[2, 3]) = ARRAY[1, 2, 3]"})
  public static List<?> arrayUnion(List<?> a, List<?> b) {
    Set<@Nullable Object> seen = new HashSet<>();
    List<@Nullable Object> result = new ArrayList<>();
    for (List<?> array : List.<List<?>>of(a, b)) {
      for (Object element : array) {
        if (seen.add(Comparisons.nullableKey(element))) {
          result.add(element);
        }
      }
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_intersect",
      signature = "(ARRAY<T>, ARRAY<T>) -> ARRAY<T>",
      description = "The elements of the first array that the second has too, without repetitions.",
      category = Category.COLLECTIONS,
      examples = {"array_intersect(ARRAY[1, 2, 2, 3], ARRAY[2, 3, 4]) = ARRAY[2, 3]"})
  public static List<?> arrayIntersect(List<?> a, List<?> b) {
    return chosen(a, b, true);
  }

  @ScalarFunction(
      name = "array_except",
      signature = "(ARRAY<T>, ARRAY<T>) -> ARRAY<T>",
      description = "The elements of the first array that the second has not, without repetitions.",
      category = Category.COLLECTIONS,
      examples = {"array_except(ARRAY[1, 2, 2, 3], ARRAY[2]) = ARRAY[1, 3]"})
  public static List<?> arrayExcept(List<?> a, List<?> b) {
    return chosen(a, b, false);
  }

  private static List<?> chosen(List<?> from, List<?> other, boolean present) {
    Set<@Nullable Object> keys = new HashSet<>();
    for (Object element : other) {
      keys.add(Comparisons.nullableKey(element));
    }
    List<@Nullable Object> result = new ArrayList<>();
    for (Object element : arrayDistinct(from)) {
      if (keys.contains(Comparisons.nullableKey(element)) == present) {
        result.add(element);
      }
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_concat",
      signature = "(ARRAY<T>, ARRAY<T>...) -> ARRAY<T>",
      description = "The elements of all arrays, one array after the other.",
      category = Category.COLLECTIONS,
      examples = {"array_concat(ARRAY[1], ARRAY[2, 3], ARRAY[1]) = ARRAY[1, 2, 3, 1]"})
  public static List<?> arrayConcat(List<?> first, List<?>... others) {
    List<@Nullable Object> result = new ArrayList<>(first);
    for (List<?> other : others) {
      result.addAll(other);
    }
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_append",
      signature = "(ARRAY<T>, T) -> ARRAY<T>",
      description = "The array with one more element at its end.",
      category = Category.COLLECTIONS,
      examples = {"array_append(ARRAY[1], 2) = ARRAY[1, 2]"})
  public static List<?> arrayAppend(List<?> array, @Nullable Object element) {
    List<@Nullable Object> result = new ArrayList<>(array);
    result.add(element);
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_prepend",
      signature = "(T, ARRAY<T>) -> ARRAY<T>",
      description = "The array with one more element before its first.",
      category = Category.COLLECTIONS,
      examples = {"array_prepend(1, ARRAY[2]) = ARRAY[1, 2]"})
  public static List<?> arrayPrepend(@Nullable Object element, List<?> array) {
    List<@Nullable Object> result = new ArrayList<>(array.size() + 1);
    result.add(element);
    result.addAll(array);
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_remove",
      signature = "(ARRAY<T>, T) -> ARRAY<T>",
      description = "The array without the elements that equal the given one.",
      category = Category.COLLECTIONS,
      examples = {"array_remove(ARRAY[1, 2, 1], 1) = ARRAY[2]"})
  public static List<?> arrayRemove(List<?> array, @Nullable Object element) {
    List<@Nullable Object> result = new ArrayList<>(array);
    result.removeIf(each -> Comparisons.compareNullable(each, element) == 0);
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "array_reverse",
      signature = "(ARRAY<T>) -> ARRAY<T>",
      description = "The elements in reverse order.",
      category = Category.COLLECTIONS,
      examples = {"array_reverse(ARRAY[1, 2, 3]) = ARRAY[3, 2, 1]"})
  public static List<?> arrayReverse(List<?> array) {
    List<@Nullable Object> result = new ArrayList<>(array);
    Collections.reverse(result);
    return Collections.unmodifiableList(result);
  }

  @ScalarFunction(
      name = "slice",
      signature = "(ARRAY<T>, BIGINT, BIGINT) -> ARRAY<T>",
      description =
          "As many elements from a position that counts from 1, or from the end if negative.",
      category = Category.COLLECTIONS,
      examples = {
        "slice(ARRAY[1, 2, 3, 4], 2, 2) = ARRAY[2, 3]",
        "slice(ARRAY[1, 2, 3, 4], -2, 5) = ARRAY[3, 4]"
      })
  public static List<?> slice(List<?> array, long start, long length) {
    long size = array.size();
    long from = start > 0 ? Math.min(start - 1, size) : Math.max(0, size + start);
    long first = start == 0 ? size : from;
    long to = first + Math.max(0, Math.min(length, size - first));
    return array.subList((int) first, (int) to);
  }

  @ScalarFunction(
      name = "flatten",
      signature = "(ARRAY<ARRAY<T>>) -> ARRAY<T>",
      description = "The elements of all inner arrays; inner NULLs are left out.",
      category = Category.COLLECTIONS,
      examples = {"flatten(ARRAY[ARRAY[1, 2], ARRAY[3]]) = ARRAY[1, 2, 3]"})
  public static List<?> flatten(List<?> arrays) {
    List<@Nullable Object> result = new ArrayList<>();
    for (Object array : arrays) {
      if (array != null) {
        result.addAll((List<?>) array);
      }
    }
    return Collections.unmodifiableList(result);
  }
}
