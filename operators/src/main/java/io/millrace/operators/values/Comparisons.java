package io.millrace.operators.values;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Struct;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order and equality of boxed internal values of one type, as {@code ORDER BY}, {@code min} and
 * {@code =} see them.
 *
 * <p>NaN equals NaN and is greater than every number, -0.0 equals 0.0; decimals compare by value;
 * strings by their UTF-16 units; arrays element by element, then by length; structs field by field;
 * maps by their number of entries, then by their sorted entries. Inside of them NULL equals NULL
 * and is greater than every value.
 */
public final class Comparisons {
  /** {@link #compare} with NULL last. */
  public static final Comparator<@Nullable Object> NULLS_LAST = Comparisons::compareNullable;

  private Comparisons() {}

  public static int compare(double a, double b) {
    if (a < b) {
      return -1;
    }
    return a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
  }

  /** Compares two boxed internal values of the same type. */
  public static int compare(Object a, Object b) {
    if (a instanceof Double x) {
      return compare(x.doubleValue(), ((Double) b).doubleValue());
    }
    if (a instanceof List<?> x) {
      return compareLists(x, (List<?>) b);
    }
    if (a instanceof Map<?, ?> x) {
      return compareMaps(x, (Map<?, ?>) b);
    }
    if (a instanceof Struct x) {
      return compareStructs(x, (Struct) b);
    }
    return compareSimple(a, b);
  }

  /** Compares two boxed internal values of the same type, of which null is the greatest. */
  public static int compareNullable(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? 1 : -1;
    }
    return compare(a, b);
  }

  /** Whether two boxed internal values of the same type are equal. */
  public static boolean equal(Object a, Object b) {
    return compare(a, b) == 0;
  }

  /**
   * A stand-in for a boxed internal value in hash tables: {@code equals} and {@code hashCode} of
   * stand-ins agree with {@link #equal} of the values. Most values stand for themselves.
   */
  public static Object key(Object value) {
    if (value instanceof Double number) {
      return number == 0 ? (Double) 0.0 : value;
    }
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros();
    }
    if (value instanceof List<?> list) {
      return keys(list);
    }
    if (value instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> keys = new LinkedHashMap<>();
      map.forEach((k, v) -> keys.put(nullableKey(k), nullableKey(v)));
      return keys;
    }
    if (value instanceof Struct struct) {
      @Nullable Object[] keys = new Object[struct.size()];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = nullableKey(struct.get(i));
      }
      return Struct.of(keys);
    }
    return value;
  }

  /** {@link #key}, null for null. */
  public static @Nullable Object nullableKey(@Nullable Object value) {
    return value == null ? null : key(value);
  }

  private static List<@Nullable Object> keys(List<?> values) {
    List<@Nullable Object> keys = new ArrayList<>(values.size());
    for (Object value : values) {
      keys.add(nullableKey(value));
    }
    return keys;
  }

  private static int compareSimple(Object a, Object b) {
    if (a instanceof Long x) {
      return x.compareTo((Long) b);
    }
    if (a instanceof String x) {
      return x.compareTo((String) b);
    }
    if (a instanceof BigDecimal x) {
      return x.compareTo((BigDecimal) b);
    }
    if (a instanceof Boolean x) {
      return x.compareTo((Boolean) b);
    }
    if (a instanceof Bytes x) {
      return x.compareTo((Bytes) b);
    }
    throw new IllegalArgumentException("no internal value: " + a.getClass().getName());
  }

  private static int compareLists(List<?> a, List<?> b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      int order = compareNullable(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareStructs(Struct a, Struct b) {
    for (int i = 0; i < a.size(); i++) {
      int order = compareNullable(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compareMaps(Map<?, ?> a, Map<?, ?> b) {
    if (a.size() != b.size()) {
      return Integer.compare(a.size(), b.size());
    }
    List<? extends Map.Entry<?, ?>> left = sorted(a);
    List<? extends Map.Entry<?, ?>> right = sorted(b);
    for (int i = 0; i < left.size(); i++) {
      int order = compareNullable(left.get(i).getKey(), right.get(i).getKey());
      if (order == 0) {
        order = compareNullable(left.get(i).getValue(), right.get(i).getValue());
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static List<? extends Map.Entry<?, ?>> sorted(Map<?, ?> map) {
    return map.entrySet().stream()
        .sorted((x, y) -> compareNullable(x.getKey(), y.getKey()))
        .toList();
  }
}
