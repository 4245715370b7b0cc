package io.millrace.spi.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which types become which others by themselves: INT to BIGINT to DECIMAL to DOUBLE, NULL to
 * everything, collections and structs by what they hold. Nothing else does.
 */
public final class Widening {
  /** The decimal that holds every INT. */
  private static final DataType.Decimal INT_DIGITS = new DataType.Decimal(10, 0);

  /** The decimal that holds every BIGINT. */
  private static final DataType.Decimal BIGINT_DIGITS = new DataType.Decimal(19, 0);

  /** How many digits of a decimal a DOUBLE always keeps. */
  private static final int DOUBLE_DIGITS = 15;

  private Widening() {}

  /** Whether every value of {@code from} is also one of {@code to} (to DOUBLE: up to rounding). */
  public static boolean canWiden(DataType from, DataType to) {
    if (from.equals(to) || from == DataType.NULL) {
      return true;
    }
    if (isNumeric(from) && isNumeric(to)) {
      return canWidenNumber(from, to);
    }
    if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
      return canWiden(a.element(), b.element());
    }
    if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
      return canWiden(a.key(), b.key()) && canWiden(a.value(), b.value());
    }
    return from instanceof DataType.StructOf a
        && to instanceof DataType.StructOf b
        && canWidenFields(a.fields(), b.fields());
  }

  /**
   * Whether different values of {@code from}, which widens to {@code to}, are different there, too:
   * not so where a DOUBLE has not all of their digits.
   */
  public static boolean keepsApart(DataType from, DataType to) {
    if (from.equals(to)) {
      return true;
    }
    if (to == DataType.DOUBLE) {
      return asDecimal(from).filter(it -> it.precision() <= DOUBLE_DIGITS).isPresent();
    }
    if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
      return keepsApart(a.element(), b.element());
    }
    if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
      return keepsApart(a.key(), b.key()) && keepsApart(a.value(), b.value());
    }
    return !(from instanceof DataType.StructOf a && to instanceof DataType.StructOf b)
        || IntStream.range(0, a.fields().size())
            .allMatch(i -> keepsApart(a.fields().get(i).type(), b.fields().get(i).type()));
  }

  /**
   * Whether values become {@code to} where {@code from} and others have that in common: widened, or
   * rounded to a scale that is cut (see {@link #common}).
   */
  public static boolean canJoin(DataType from, DataType to) {
    return canWiden(from, to) || common(from, to).filter(to::equals).isPresent();
  }

  /**
   * The narrowest type to which both widen. Two decimals keep the digits before the point of both
   * and the scale of both; where that is more than 38 digits, those before the point are kept and
   * the scale is cut, so that a value may have to be rounded.
   */
  public static Optional<DataType> common(DataType a, DataType b) {
    if (a.equals(b) || b == DataType.NULL) {
      return Optional.of(a);
    }
    if (a == DataType.NULL) {
      return Optional.of(b);
    }
    if (isNumeric(a) && isNumeric(b)) {
      return Optional.of(commonNumber(a, b));
    }
    if (a instanceof DataType.Array x && b instanceof DataType.Array y) {
      return common(x.element(), y.element()).map(DataType::array);
    }
    if (a instanceof DataType.MapOf x && b instanceof DataType.MapOf y) {
      return common(x.key(), y.key())
          .flatMap(key -> common(x.value(), y.value()).map(value -> DataType.map(key, value)));
    }
    return a instanceof DataType.StructOf x && b instanceof DataType.StructOf y
        ? commonStruct(x, y)
        : Optional.empty();
  }

  /** BOOLEAN, STRING and all others but these four are no numbers. */
  public static boolean isNumeric(DataType type) {
    return type == DataType.INT
        || type == DataType.BIGINT
        || type == DataType.DOUBLE
        || type instanceof DataType.Decimal;
  }

  /** The decimal that holds every value of an INT, BIGINT or DECIMAL type, else empty. */
  public static Optional<DataType.Decimal> asDecimal(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return Optional.of(decimal);
    }
    if (type == DataType.INT) {
      return Optional.of(INT_DIGITS);
    }
    return type == DataType.BIGINT ? Optional.of(BIGINT_DIGITS) : Optional.empty();
  }

  /**
   * How far {@code to} is from {@code from}, which widens to it: the steps on the ladder INT,
   * BIGINT, DECIMAL, DOUBLE, summed over what collections hold. 0 only if nothing has to be
   * converted.
   */
  public static int steps(DataType from, DataType to) {
    if (from.equals(to) || from == DataType.NULL) {
      return 0;
    }
    if (from instanceof DataType.Array a && to instanceof DataType.Array b) {
      return steps(a.element(), b.element());
    }
    if (from instanceof DataType.MapOf a && to instanceof DataType.MapOf b) {
      return steps(a.key(), b.key()) + steps(a.value(), b.value());
    }
    if (from instanceof DataType.StructOf a && to instanceof DataType.StructOf b) {
      int steps = 0;
      for (int i = 0; i < Math.min(a.fields().size(), b.fields().size()); i++) {
        steps += steps(a.fields().get(i).type(), b.fields().get(i).type());
      }
      return steps;
    }
    return Math.max(1, rung(to) - rung(from));
  }

  private static int rung(DataType type) {
    if (type == DataType.INT) {
      return 0;
    }
    if (type == DataType.BIGINT) {
      return 1;
    }
    return type == DataType.DOUBLE ? 3 : 2;
  }

  private static boolean canWidenNumber(DataType from, DataType to) {
    if (to == DataType.DOUBLE) {
      return true;
    }
    if (to == DataType.BIGINT) {
      return from == DataType.INT;
    }
    return to instanceof DataType.Decimal wide
        && asDecimal(from)
            .filter(
                narrow ->
                    narrow.scale() <= wide.scale()
                        && narrow.precision() - narrow.scale() <= wide.precision() - wide.scale())
            .isPresent();
  }

  private static DataType commonNumber(DataType a, DataType b) {
    if (a == DataType.DOUBLE || b == DataType.DOUBLE) {
      return DataType.DOUBLE;
    }
    if (a instanceof DataType.Decimal || b instanceof DataType.Decimal) {
      return commonDecimal(asDecimal(a).orElseThrow(), asDecimal(b).orElseThrow());
    }
    return DataType.BIGINT;
  }

  private static DataType commonDecimal(DataType.Decimal a, DataType.Decimal b) {
    int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
    int scale = Math.min(Math.max(a.scale(), b.scale()), DataType.MAX_PRECISION - whole);
    return DataType.decimal(Math.max(1, whole + scale), scale);
  }

  private static boolean canWidenFields(List<Field> from, List<Field> to) {
    if (from.size() != to.size()) {
      return false;
    }
    for (int i = 0; i < from.size(); i++) {
      if (!from.get(i).name().equalsIgnoreCase(to.get(i).name())
          || !canWiden(from.get(i).type(), to.get(i).type())) {
        return false;
      }
    }
    return true;
  }

  private static Optional<DataType> commonStruct(DataType.StructOf a, DataType.StructOf b) {
    if (a.fields().size() != b.fields().size()) {
      return Optional.empty();
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < a.fields().size(); i++) {
      Field field = a.fields().get(i);
      Optional<DataType> type = common(field.type(), b.fields().get(i).type());
      if (type.isEmpty() || !field.name().equalsIgnoreCase(b.fields().get(i).name())) {
        return Optional.empty();
      }
      fields.add(new Field(field.name(), type.get()));
    }
    return Optional.of(new DataType.StructOf(fields));
  }
}
