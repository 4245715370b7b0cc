package io.millrace.operators.values;

import io.millrace.spi.error.RowException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and reads arrays and maps in their internal forms. */
public final class CollectionValues {
  private CollectionValues() {}

  /** An array of boxed values; takes the Java array over. */
  public static List<@Nullable Object> array(@Nullable Object[] values) {
    return Collections.unmodifiableList(Arrays.asList(values));
  }

  /**
   * A map of boxed keys and values in turn; of equal keys the last wins.
   *
   * @param text the expression in SQL, for the message about a NULL key
   */
  public static Map<Object, @Nullable Object> map(@Nullable Object[] keysAndValues, String text) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Object key = keysAndValues[i];
      if (key == null) {
        throw new RowException("a key of a map is NULL in " + text);
      }
      map.put(key, keysAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  /** Copies the values of an array to {@code [at, at + size)} of a Java array. */
  public static void copy(List<?> values, @Nullable Object[] target, int at) {
    for (int i = 0; i < values.size(); i++) {
      target[at + i] = values.get(i);
    }
  }

  /** The element at an index that counts from 1, or from the end if negative; null out of range. */
  public static @Nullable Object element(List<?> array, long index) {
    long at = index > 0 ? index - 1 : array.size() + index;
    return index != 0 && at >= 0 && at < array.size() ? array.get((int) at) : null;
  }
}
