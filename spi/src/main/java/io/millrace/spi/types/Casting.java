package io.millrace.spi.types;

import java.util.List;

/**
 * Which types {@code CAST} takes to which others. Whether a value survives is seen per row.
 *
 * <ul>
 *   <li>Everything to STRING; a STRING to every type but ARRAY, MAP and STRUCT.
 *   <li>Numbers and BOOLEAN to each other; true is 1, every number but 0 is true.
 *   <li>TIMESTAMP to and from DATE, to TIME, all in UTC; TIMESTAMP and INTERVAL to and from BIGINT,
 *       as milliseconds.
 *   <li>BYTES to and from STRING, as UTF-8.
 *   <li>ARRAY, MAP and STRUCT by what they hold; fields by position.
 * </ul>
 */
public final class Casting {
  private Casting() {}

  public static boolean canCast(DataType from, DataType to) {
    if (Widening.canWiden(from, to) || to == DataType.STRING) {
      return true;
    }
    if (from == DataType.STRING) {
      return to.layout() != Layout.OBJECT || to == DataType.BYTES || to instanceof DataType.Decimal;
    }
    if (isNumberOrBoolean(from) && isNumberOrBoolean(to)) {
      return true;
    }
    if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
      return canCast(a.element(), b.element());
    }
    if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
      return canCast(a.key(), b.key()) && canCast(a.value(), b.value());
    }
    if (from instanceof DataType.StructOf a && to instanceof DataType.StructOf b) {
      return canCastFields(a.fields(), b.fields());
    }
    return canCastTime(from, to);
  }

  private static boolean isNumberOrBoolean(DataType type) {
    return type == DataType.BOOLEAN || Widening.isNumeric(type);
  }

  private static boolean canCastTime(DataType from, DataType to) {
    if (from == DataType.TIMESTAMP) {
      return to == DataType.DATE || to == DataType.TIME || to == DataType.BIGINT;
    }
    if (to == DataType.TIMESTAMP) {
      return from == DataType.DATE || from == DataType.BIGINT || from == DataType.INT;
    }
    if (to == DataType.INTERVAL) {
      return from == DataType.BIGINT || from == DataType.INT;
    }
    return from == DataType.INTERVAL && to == DataType.BIGINT;
  }

  private static boolean canCastFields(List<Field> from, List<Field> to) {
    if (from.size() != to.size()) {
      return false;
    }
    for (int i = 0; i < from.size(); i++) {
      if (!canCast(from.get(i).type(), to.get(i).type())) {
        return false;
      }
    }
    return true;
  }
}
