package io.millrace.engine.row;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.error.MillraceException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From columns to the components of records, where generated code needs more than an assignment.
 */
public final class Conversions {
  private Conversions() {}

  public static long longOf(Column column, int row, String name) {
    return ((LongColumn) notNull(column, row, name)).values()[row];
  }

  public static int intOf(Column column, int row, String name) {
    long value = ((LongColumn) notNull(column, row, name)).values()[row];
    if (value != (int) value) {
      throw new MillraceException(
          "the value "
              + value
              + " of column '"
              + name
              + "' is too large for an int: make the component a long");
    }
    return (int) value;
  }

  public static double doubleOf(Column column, int row, String name) {
    return ((DoubleColumn) notNull(column, row, name)).values()[row];
  }

  public static boolean booleanOf(Column column, int row, String name) {
    return ((BooleanColumn) notNull(column, row, name)).values()[row];
  }

  /** The value as the class that a component wants. */
  public static @Nullable Object convert(
      ExternalForm form, Column column, int row, Class<?> wanted, String name) {
    Object internal = (wanted.isPrimitive() ? notNull(column, row, name) : column).get(row);
    return internal == null ? null : fit(form.toExternal(internal), internal, wanted);
  }

  private static @Nullable Object fit(@Nullable Object value, Object internal, Class<?> wanted) {
    if (value == null || wanted.isInstance(value)) {
      return value;
    }
    if (wanted == Long.class || wanted == long.class) {
      return value instanceof Number number ? (Object) number.longValue() : internal;
    }
    if (wanted == Integer.class || wanted == int.class) {
      return Math.toIntExact(((Number) value).longValue());
    }
    if (wanted == double.class || wanted == boolean.class) {
      return value;
    }
    if (wanted.isEnum()) {
      return enumConstant(wanted, String.valueOf(value));
    }
    if (wanted.isRecord() && value instanceof Map<?, ?> fields) {
      return recordOf(wanted, fields);
    }
    if (Set.class.isAssignableFrom(wanted) && value instanceof List<?> list) {
      return new LinkedHashSet<Object>(list);
    }
    throw new MillraceException(
        "a value of class "
            + value.getClass().getSimpleName()
            + " does not fit a component of class "
            + wanted.getSimpleName());
  }

  private static Object enumConstant(Class<?> type, String name) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw new MillraceException("'" + name + "' is no constant of " + type.getSimpleName());
  }

  private static Object recordOf(Class<?> type, Map<?, ?> fields) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object value = fields.get(components[i].getName());
      arguments[i] = value == null ? null : fit(value, value, components[i].getType());
    }
    return construct(type, arguments);
  }

  /** A record of the arguments of its canonical constructor. */
  static Object construct(Class<?> type, @Nullable Object[] arguments) {
    try {
      Class<?>[] types = new Class<?>[arguments.length];
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < types.length; i++) {
        types[i] = components[i].getType();
      }
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw new MillraceException(
          "the constructor of " + type.getSimpleName() + " failed: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new MillraceException(
          "no " + type.getSimpleName() + " can be made: " + e.getMessage(), e);
    }
  }

  private static Column notNull(Column column, int row, String name) {
    if (column.isNull(row)) {
      throw new MillraceException(
          "column '"
              + name
              + "' is NULL, which a primitive component cannot hold: use Long, Double or Boolean");
    }
    return column;
  }
}
