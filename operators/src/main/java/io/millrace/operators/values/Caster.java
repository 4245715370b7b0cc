package io.millrace.operators.values;

import io.millrace.spi.data.Struct;
import io.millrace.spi.types.Casting;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Casts boxed internal values of one type to another; made once per pair of types. NULL stays NULL;
 * a value that does not fit throws a {@link io.millrace.spi.error.RowException}.
 */
@FunctionalInterface
public interface Caster {

  /** The value in the other type; null for null. */
  @Nullable Object cast(@Nullable Object value);

  /**
   * The caster between two types for which {@link Casting#canCast} holds.
   *
   * @throws IllegalArgumentException if it does not
   */
  static Caster of(DataType from, DataType to) {
    if (!Casting.canCast(from, to)) {
      throw new IllegalArgumentException("no cast from " + from.sql() + " to " + to.sql());
    }
    if (from.equals(to) || from == DataType.NULL) {
      return value -> value;
    }
    if (to == DataType.STRING) {
      return nullSafe(value -> ValueText.of(from, value));
    }
    if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
      return array(of(a.element(), b.element()));
    }
    if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
      return map(of(a.key(), b.key()), of(a.value(), b.value()));
    }
    if (from instanceof DataType.StructOf a && to instanceof DataType.StructOf b) {
      return struct(a.fields(), b.fields());
    }
    return nullSafe(from == DataType.STRING ? ofText(to) : ofValue(from, to));
  }

  /** A cast of a value that is not null. */
  @FunctionalInterface
  interface NonNull {
    Object cast(Object value);
  }

  private static Caster nullSafe(NonNull cast) {
    return value -> value == null ? null : cast.cast(value);
  }

  private static NonNull ofText(DataType to) {
    if (to instanceof DataType.Decimal decimal) {
      return value -> Casts.toDecimal((String) value, decimal.precision(), decimal.scale());
    }
    return switch ((DataType.Simple) to) {
      case BOOLEAN -> value -> Casts.toBoolean((String) value);
      case INT -> value -> Casts.toInt((String) value);
      case BIGINT -> value -> Casts.toBigint((String) value);
      case DOUBLE -> value -> Casts.toDouble((String) value);
      case BYTES -> value -> Casts.toBytes((String) value);
      case TIMESTAMP -> value -> Casts.toTimestamp((String) value);
      case DATE -> value -> Casts.toDate((String) value);
      case TIME -> value -> Casts.toTime((String) value);
      case INTERVAL -> value -> Casts.toInterval((String) value);
      case STRING, NULL -> value -> value;
    };
  }

  private static NonNull ofValue(DataType from, DataType to) {
    if (to instanceof DataType.Decimal decimal) {
      return value -> toDecimal(value, decimal.precision(), decimal.scale());
    }
    return switch ((DataType.Simple) to) {
      case BOOLEAN -> Caster::toBoolean;
      case INT -> Caster::toInt;
      case BIGINT -> Caster::toBigint;
      case DOUBLE -> Caster::toDouble;
      case TIMESTAMP -> from == DataType.DATE ? v -> Casts.dateToTimestamp((long) v) : v -> v;
      case DATE -> value -> Casts.timestampToDate((long) value);
      case TIME -> value -> Casts.timestampToTime((long) value);
      case STRING, BYTES, INTERVAL, NULL -> value -> value;
    };
  }

  private static Object toDecimal(Object value, int precision, int scale) {
    if (value instanceof Long number) {
      return Casts.toDecimal(number.longValue(), precision, scale);
    }
    if (value instanceof Double number) {
      return Casts.toDecimal(number.doubleValue(), precision, scale);
    }
    return value instanceof Boolean truth
        ? Casts.toDecimal(truth.booleanValue(), precision, scale)
        : Casts.toDecimal((BigDecimal) value, precision, scale);
  }

  private static Object toBoolean(Object value) {
    if (value instanceof Long number) {
      return Casts.toBoolean(number.longValue());
    }
    return value instanceof Double number
        ? Casts.toBoolean(number.doubleValue())
        : Casts.toBoolean((BigDecimal) value);
  }

  private static Object toInt(Object value) {
    if (value instanceof Long number) {
      return Casts.toInt(number.longValue());
    }
    if (value instanceof Double number) {
      return Casts.toInt(number.doubleValue());
    }
    return value instanceof Boolean truth
        ? Casts.toInt(truth.booleanValue())
        : Casts.toInt((BigDecimal) value);
  }

  private static Object toBigint(Object value) {
    if (value instanceof Double number) {
      return Casts.toBigint(number.doubleValue());
    }
    if (value instanceof Boolean truth) {
      return Casts.toBigint(truth.booleanValue());
    }
    return value instanceof BigDecimal number ? (Long) Casts.toBigint(number) : value;
  }

  private static Object toDouble(Object value) {
    if (value instanceof Long number) {
      return (double) number;
    }
    return value instanceof Boolean truth
        ? Casts.toDouble(truth.booleanValue())
        : Casts.toDouble((BigDecimal) value);
  }

  private static Caster array(Caster element) {
    return nullSafe(
        value -> {
          List<@Nullable Object> result = new ArrayList<>();
          for (Object each : (List<?>) value) {
            result.add(element.cast(each));
          }
          return Collections.unmodifiableList(result);
        });
  }

  private static Caster map(Caster key, Caster element) {
    return nullSafe(
        value -> {
          Map<@Nullable Object, @Nullable Object> result = new LinkedHashMap<>();
          ((Map<?, ?>) value).forEach((k, v) -> result.put(key.cast(k), element.cast(v)));
          return Collections.unmodifiableMap(result);
        });
  }

  private static Caster struct(List<Field> from, List<Field> to) {
    List<Caster> fields = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      fields.add(of(from.get(i).type(), to.get(i).type()));
    }
    return nullSafe(
        value -> {
          @Nullable Object[] result = new Object[fields.size()];
          for (int i = 0; i < result.length; i++) {
            result[i] = fields.get(i).cast(((Struct) value).get(i));
          }
          return Struct.of(result);
        });
  }
}
