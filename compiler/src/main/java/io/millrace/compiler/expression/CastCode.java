package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Cast;
import io.millrace.operators.values.Caster;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Casts: what widens is inline; between simple types a call without boxing, else a caster for the
 * pair of types.
 */
final class CastCode {
  private static final Set<DataType.Simple> NUMBERS =
      EnumSet.of(
          DataType.Simple.BOOLEAN,
          DataType.Simple.INT,
          DataType.Simple.BIGINT,
          DataType.Simple.DOUBLE);

  private final RowCode row;

  CastCode(RowCode row) {
    this.row = row;
  }

  Fragment write(Cast cast) {
    DataType from = cast.operand().type();
    DataType to = cast.type();
    Fragment operand = row.value(cast.operand());
    if (from.equals(to) || (isInteger(from) && to == DataType.BIGINT)) {
      return operand;
    }
    if (from == DataType.NULL || operand.isAlwaysNull()) {
      return Fragment.nullOf(to);
    }
    if (isInteger(from) && to == DataType.DOUBLE) {
      return row.strict(
          to, List.of(operand), "((double) " + operand.code() + ")", RowCode.Evaluation.ANYWHERE);
    }
    String code = code(cast, from, to, operand);
    if (cast.isTry() && !cast.widens()) {
      return tried(to, operand, code);
    }
    boolean canFail = canFail(cast);
    return row.strict(
        to,
        List.of(operand),
        code,
        canFail ? RowCode.Evaluation.FAILING : RowCode.Evaluation.NOT_NULL);
  }

  private String code(Cast cast, DataType from, DataType to, Fragment operand) {
    if (to == DataType.STRING && isScalar(from)) {
      return text(from, operand.code());
    }
    if (isScalar(from) && to instanceof DataType.Decimal decimal) {
      return "Casts.toDecimal("
          + operand.code()
          + ", "
          + decimal.precision()
          + ", "
          + decimal.scale()
          + ")";
    }
    if (isScalar(from) && to instanceof DataType.Simple simple && NUMBERS.contains(simple)) {
      return "Casts.to" + name(simple) + "(" + operand.code() + ")";
    }
    Caster caster = Caster.of(from, to);
    String constant = row.kernel().constants().of(cast, "caster", "Caster", caster);
    return JavaTypes.unbox(to, constant + ".cast(" + JavaTypes.box(from, operand.code()) + ")");
  }

  private static String text(DataType from, String code) {
    return from == DataType.STRING ? code : "ValueText.of(" + code + ")";
  }

  private static String name(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> "Boolean";
      case INT -> "Int";
      case BIGINT -> "Bigint";
      default -> "Double";
    };
  }

  /** NULL where it fails. */
  private Fragment tried(DataType to, Fragment operand, String code) {
    boolean isObject = to.layout() == Layout.OBJECT;
    String value = row.declare(JavaTypes.of(to), JavaTypes.placeholder(to));
    String isNull = isObject ? value + " == null" : row.declare("boolean", "true");
    row.out().open("if (" + Fragment.negate(operand.isNull()) + ")").open("try");
    row.line(value + " = " + code + ";");
    if (!isObject) {
      row.line(isNull + " = false;");
    }
    row.out().reopen("catch (RowException ignored)").reopen("catch (ArithmeticException ignored)");
    row.out().close().close();
    return new Fragment(value, isNull, 0);
  }

  /**
   * Whether it may fail for some value: also where it widens, if a DECIMAL of 38 digits has no room
   * for all.
   */
  static boolean canFail(Cast cast) {
    return cast.failsByItself()
        || (cast.widens()
            && cast.type() instanceof DataType.Decimal decimal
            && wholeDigits(cast.operand().type()) > decimal.precision() - decimal.scale());
  }

  private static int wholeDigits(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal.precision() - decimal.scale();
    }
    return type == DataType.INT ? 10 : type == DataType.BIGINT ? 19 : 0;
  }

  private static boolean isScalar(DataType type) {
    return type instanceof DataType.Decimal
        || type == DataType.STRING
        || (type instanceof DataType.Simple simple && NUMBERS.contains(simple));
  }

  private static boolean isInteger(DataType type) {
    return type == DataType.INT || type == DataType.BIGINT;
  }
}
