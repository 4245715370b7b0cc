package io.millrace.operators.values;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The external forms of ARRAY and MAP. Errors name elements as {@code a[1]}, {@code m['key']}. */
final class ExternalCollections {
  private ExternalCollections() {}

  static final class OfArray extends ExternalForm {
    private final ExternalForm element;

    OfArray(DataType.Array type) {
      super(type);
      element = of(type.element());
    }

    @Override
    Object external(Object internal) {
      List<@Nullable Object> result = new ArrayList<>();
      for (Object value : (List<?>) internal) {
        result.add(element.toExternal(value));
      }
      return Collections.unmodifiableList(result);
    }

    @Override
    Object internal(Object external, String field) {
      List<@Nullable Object> result = new ArrayList<>();
      if (external instanceof Collection<?> values) {
        for (Object value : values) {
          result.add(element.toInternal(value, field + "[" + (result.size() + 1) + "]"));
        }
      } else if (external.getClass().isArray()) {
        for (int i = 0; i < Array.getLength(external); i++) {
          result.add(element.toInternal(Array.get(external, i), field + "[" + (i + 1) + "]"));
        }
      } else {
        throw unfit(external, field);
      }
      return Collections.unmodifiableList(result);
    }

    @Override
    String expected() {
      return "a collection or an array";
    }
  }

  static final class OfMap extends ExternalForm {
    private final ExternalForm key;
    private final ExternalForm element;

    OfMap(DataType.MapOf type) {
      super(type);
      key = of(type.key());
      element = of(type.value());
    }

    @Override
    Object external(Object internal) {
      Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
      ((Map<?, ?>) internal)
          .forEach((k, v) -> result.put(key.toExternal(k), element.toExternal(v)));
      return Collections.unmodifiableMap(result);
    }

    @Override
    Object internal(Object external, String field) {
      if (!(external instanceof Map<?, ?> map)) {
        throw unfit(external, field);
      }
      Map<Object, @Nullable Object> result = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        String name = field + "['" + entry.getKey() + "']";
        Object internalKey = key.toInternal(entry.getKey(), name);
        if (internalKey == null) {
          throw new MillraceException(
              "field '" + field + "' has a null key: keys of a MAP are not NULL");
        }
        result.put(internalKey, element.toInternal(entry.getValue(), name));
      }
      return Collections.unmodifiableMap(result);
    }

    @Override
    String expected() {
      return "a map";
    }
  }
}
