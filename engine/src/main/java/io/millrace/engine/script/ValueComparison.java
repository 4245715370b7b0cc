package io.millrace.engine.script;

import io.millrace.spi.text.IsoTime;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether two JSON values are the same value of a type: numbers by value, doubles to a relative
 * 1e-9, times by what they mean.
 */
final class ValueComparison implements DataTypeVisitor<Boolean> {
  private static final double PRECISION = 1e-9;
  private final Object expected;
  private final Object actual;

  private ValueComparison(Object expected, Object actual) {
    this.expected = expected;
    this.actual = actual;
  }

  static boolean areSame(DataType type, @Nullable Object expected, @Nullable Object actual) {
    if (expected == null || actual == null) {
      return expected == actual;
    }
    return type.accept(new ValueComparison(expected, actual));
  }

  /** The member of this name, or of one that differs in case only; null if there is none. */
  static @Nullable Object member(Map<?, ?> object, String name) {
    if (object.containsKey(name)) {
      return object.get(name);
    }
    for (Map.Entry<?, ?> member : object.entrySet()) {
      if (name.equalsIgnoreCase(String.valueOf(member.getKey()))) {
        return member.getValue();
      }
    }
    return null;
  }

  /** Whether there is a member of this name without regard to case. */
  static boolean hasMember(Map<?, ?> object, String name) {
    return object.keySet().stream().anyMatch(key -> name.equalsIgnoreCase(String.valueOf(key)));
  }

  @Override
  public Boolean visitSimple(DataType.Simple type) {
    return switch (type) {
      case INT, BIGINT, INTERVAL -> sameNumber();
      case DOUBLE -> sameDouble();
      case TIMESTAMP ->
          timestamp(expected) == timestamp(actual) && timestamp(actual) != IsoTime.NONE;
      case TIME -> time(expected) == time(actual) && time(actual) != IsoTime.NONE;
      case BOOLEAN, STRING, BYTES, DATE, NULL -> expected.equals(actual);
    };
  }

  @Override
  public Boolean visitDecimal(DataType.Decimal type) {
    return sameNumber();
  }

  @Override
  public Boolean visitArray(DataType.Array type) {
    if (!(expected instanceof List<?> wanted
        && actual instanceof List<?> found
        && wanted.size() == found.size())) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!areSame(type.element(), wanted.get(i), found.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Boolean visitMap(DataType.MapOf type) {
    return expected instanceof Map<?, ?> wanted
        && actual instanceof Map<?, ?> found
        && wanted.keySet().equals(found.keySet())
        && wanted.keySet().stream()
            .allMatch(key -> areSame(type.value(), wanted.get(key), found.get(key)));
  }

  @Override
  public Boolean visitStruct(DataType.StructOf type) {
    if (!(expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found)) {
      return false;
    }
    for (Field field : type.fields()) {
      if (!areSame(field.type(), member(wanted, field.name()), member(found, field.name()))) {
        return false;
      }
    }
    return wanted.keySet().stream()
        .allMatch(
            name ->
                type.fields().stream()
                    .anyMatch(field -> field.name().equalsIgnoreCase(String.valueOf(name))));
  }

  private boolean sameNumber() {
    return expected instanceof BigDecimal wanted
        && actual instanceof BigDecimal found
        && wanted.compareTo(found) == 0;
  }

  private boolean sameDouble() {
    if (!(expected instanceof BigDecimal wanted && actual instanceof BigDecimal found)) {
      return expected.equals(actual);
    }
    double a = wanted.doubleValue();
    double b = found.doubleValue();
    return a == b || Math.abs(a - b) <= PRECISION * Math.max(Math.abs(a), Math.abs(b));
  }

  private static long timestamp(Object json) {
    if (json instanceof BigDecimal millis) {
      return millis.longValue();
    }
    char[] text = json.toString().toCharArray();
    return IsoTime.parseTimestamp(text, 0, text.length);
  }

  private static long time(Object json) {
    char[] text = json.toString().toCharArray();
    return text.length < 5 ? IsoTime.NONE : IsoTime.parseTime(text, 0, text.length);
  }
}
