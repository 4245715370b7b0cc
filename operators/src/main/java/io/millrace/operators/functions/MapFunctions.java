package io.millrace.operators.functions;

import io.millrace.spi.data.Struct;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.ScalarFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps and their entries. Of equal keys the last wins, in the place of the first. */
public final class MapFunctions {
  private MapFunctions() {}

  @ScalarFunction(
      name = "cardinality",
      signature = "(MAP<K, V>) -> INT",
      description = "The number of entries.",
      category = Category.COLLECTIONS,
      examples = {"cardinality(MAP['a', 1, 'b', 2]) = 2"})
  public static int cardinality(Map<?, ?> map) {
    return map.size();
  }

  @ScalarFunction(
      name = "element_at",
      signature = "(MAP<K, V>, K) -> V",
      description = "The value of a key; NULL if there is none.",
      category = Category.COLLECTIONS,
      examples = {"element_at(MAP['a', 1], 'a') = 1", "element_at(MAP['a', 1], 'b') IS NULL"})
  public static @Nullable Object elementAt(Map<?, ?> map, Object key) {
    return map.get(key);
  }

  @ScalarFunction(
      name = "map_contains_key",
      signature = "(MAP<K, V>, K) -> BOOLEAN",
      description = "Whether the map has the key.",
      category = Category.COLLECTIONS,
      examples = {"map_contains_key(MAP['a', NULL], 'a') = TRUE"})
  public static boolean mapContainsKey(Map<?, ?> map, Object key) {
    return map.containsKey(key);
  }

  @ScalarFunction(
      name = "map_keys",
      signature = "(MAP<K, V>) -> ARRAY<K>",
      description = "The keys, in their order.",
      category = Category.COLLECTIONS,
      examples = {"map_keys(MAP['a', 1, 'b', 2]) = ARRAY['a', 'b']"})
  public static List<?> mapKeys(Map<?, ?> map) {
    return Collections.unmodifiableList(new ArrayList<>(map.keySet()));
  }

  @ScalarFunction(
      name = "map_values",
      signature = "(MAP<K, V>) -> ARRAY<V>",
      description = "The values, in the order of their keys.",
      category = Category.COLLECTIONS,
      examples = {"map_values(MAP['a', 1, 'b', 2]) = ARRAY[1, 2]"})
  public static List<?> mapValues(Map<?, ?> map) {
    return Collections.unmodifiableList(new ArrayList<>(map.values()));
  }

  @ScalarFunction(
      name = {"map_entries", "entries"},
      signature = "(MAP<K, V>) -> ARRAY<STRUCT<key K, value V>>",
      description = "The entries as structs.",
      category = Category.COLLECTIONS,
      examples = {"map_entries(MAP['a', 1]) = ARRAY[STRUCT('a' AS key, 1 AS value)]"})
  public static List<?> mapEntries(Map<?, ?> map) {
    List<Object> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(Struct.of(key, value)));
    return Collections.unmodifiableList(entries);
  }

  @ScalarFunction(
      name = "map_from_entries",
      signature = "(ARRAY<STRUCT<key K, value V>>) -> MAP<K, V>",
      description = "The map of structs of a key and a value; a NULL key is a row error.",
      category = Category.COLLECTIONS,
      examples = {"map_from_entries(ARRAY[STRUCT('a' AS key, 1 AS value)]) = MAP['a', 1]"},
      canFail = true)
  public static Map<?, ?> mapFromEntries(List<?> entries) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Object entry : entries) {
      if (entry != null) {
        put(map, ((Struct) entry).get(0), ((Struct) entry).get(1));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  @ScalarFunction(
      name = "map_from_arrays",
      signature = "(ARRAY<K>, ARRAY<V>) -> MAP<K, V>",
      description =
          "The map of keys and values at equal places; arrays of different lengths are a"
              + " row error.",
      category = Category.COLLECTIONS,
      examples = {"map_from_arrays(ARRAY['a', 'b'], ARRAY[1, 2]) = MAP['a', 1, 'b', 2]"},
      canFail = true)
  public static Map<?, ?> mapFromArrays(List<?> keys, List<?> values) {
    if (keys.size() != values.size()) {
      throw new RowException(
          "map_from_arrays needs as many values as keys, not "
              + values.size()
              + " and "
              + keys.size());
    }
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      put(map, keys.get(i), values.get(i));
    }
    return Collections.unmodifiableMap(map);
  }

  private static void put(
      Map<Object, @Nullable Object> map, @Nullable Object key, @Nullable Object value) {
    if (key == null) {
      throw new RowException("a key of a MAP is NULL");
    }
    map.put(key, value);
  }

  @ScalarFunction(
      name = {"map_concat", "map_union"},
      signature = "(MAP<K, V>, MAP<K, V>...) -> MAP<K, V>",
      description = "The entries of all maps; of equal keys the last map wins.",
      category = Category.COLLECTIONS,
      examples = {"map_concat(MAP['a', 1], MAP['a', 2, 'b', 3]) = MAP['a', 2, 'b', 3]"})
  public static Map<?, ?> mapConcat(Map<?, ?> first, Map<?, ?>... others) {
    Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>(first);
    Arrays.stream(others).forEach(result::putAll);
    return Collections.unmodifiableMap(result);
  }
}
