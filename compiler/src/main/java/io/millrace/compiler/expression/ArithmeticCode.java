package io.millrace.compiler.expression;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Negation;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.List;

/** Arithmetic: on doubles inline, on integers and times with checks, on decimals by calls. */
final class ArithmeticCode {
  private static final String DAY = "86400000L";
  private final RowCode row;

  ArithmeticCode(RowCode row) {
    this.row = row;
  }

  Fragment write(Arithmetic expression) {
    Fragment left = row.value(expression.left());
    if (expression.left().type().layout() == Layout.LONG
        && ExpressionAnalysis.hasSafeDivisor(expression)) {
      // A literal: the JIT compiler makes a multiplication of such a division.
      String divisor = ((Constant) expression.right()).value() + "L";
      String code = "(" + left.code() + " " + expression.operator().symbol() + " " + divisor + ")";
      return row.strict(expression.type(), List.of(left), code, RowCode.Evaluation.ANYWHERE);
    }
    Fragment right = row.value(expression.right());
    if (expression.left().type() == DataType.DOUBLE) {
      return doubles(expression, left, right);
    }
    if (expression.left().type() instanceof DataType.Decimal) {
      return decimals(expression, left, right);
    }
    String code = integers(expression, left.code(), right.code());
    return row.strict(expression.type(), List.of(left, right), code, RowCode.Evaluation.FAILING);
  }

  Fragment negate(Negation expression) {
    Fragment operand = row.value(expression.operand());
    DataType type = expression.type();
    if (type == DataType.DOUBLE) {
      return row.strict(
          type, List.of(operand), "(-" + operand.code() + ")", RowCode.Evaluation.ANYWHERE);
    }
    if (type.layout() == Layout.OBJECT) {
      return row.strict(
          type, List.of(operand), operand.code() + ".negate()", RowCode.Evaluation.NOT_NULL);
    }
    String text = row.kernel().text(expression);
    String code = "IntegerMath.negate(" + operand.code() + ", " + text + ")";
    return row.strict(
        type, List.of(operand), checked(type, code, text), RowCode.Evaluation.FAILING);
  }

  private Fragment doubles(Arithmetic expression, Fragment left, Fragment right) {
    boolean divides =
        expression.operator() == ArithmeticOperator.DIVIDE
            || expression.operator() == ArithmeticOperator.REMAINDER;
    List<Fragment> operands = List.of(left, right);
    if (divides && !ExpressionAnalysis.hasSafeDivisor(expression)) {
      String method = expression.operator() == ArithmeticOperator.DIVIDE ? "divide" : "remainder";
      String code =
          call("DoubleMath." + method, left.code(), right.code(), row.kernel().text(expression));
      return row.strict(DataType.DOUBLE, operands, code, RowCode.Evaluation.FAILING);
    }
    String code =
        "(" + left.code() + " " + expression.operator().symbol() + " " + right.code() + ")";
    return row.strict(DataType.DOUBLE, operands, code, RowCode.Evaluation.ANYWHERE);
  }

  private Fragment decimals(Arithmetic expression, Fragment left, Fragment right) {
    DataType.Decimal type = (DataType.Decimal) expression.type();
    String code =
        "DecimalMath."
            + method(expression.operator())
            + "("
            + String.join(
                ", ",
                left.code(),
                right.code(),
                type.precision() + "",
                type.scale() + "",
                row.kernel().text(expression))
            + ")";
    return row.strict(type, List.of(left, right), code, RowCode.Evaluation.FAILING);
  }

  private String integers(Arithmetic expression, String left, String right) {
    String text = row.kernel().text(expression);
    String method = "IntegerMath." + method(expression.operator());
    DataType from = expression.left().type();
    DataType to = expression.type();
    if (from == DataType.DATE) {
      return dates(expression, left, right, text);
    }
    String code = call(method, left, right, text);
    if (from == DataType.TIME && to == DataType.TIME) {
      return "Math.floorMod(" + code + ", " + DAY + ")";
    }
    return checked(to, code, text);
  }

  /**
   * Days are counted in milliseconds for the operation: a DATE takes the whole days of an interval,
   * rounded down.
   */
  private static String dates(Arithmetic expression, String left, String right, String text) {
    String method = "IntegerMath." + method(expression.operator());
    String millis = call("IntegerMath.multiply", left, DAY, text);
    if (expression.right().type() == DataType.DATE) {
      return call("IntegerMath.multiply", call(method, left, right, text), DAY, text);
    }
    String sum = call(method, millis, right, text);
    return expression.type() == DataType.DATE ? "Math.floorDiv(" + sum + ", " + DAY + ")" : sum;
  }

  private static String checked(DataType type, String code, String text) {
    return type == DataType.INT ? "IntegerMath.checkInt(" + code + ", " + text + ")" : code;
  }

  private static String call(String method, String left, String right, String text) {
    return method + "(" + left + ", " + right + ", " + text + ")";
  }

  private static String method(ArithmeticOperator operator) {
    return switch (operator) {
      case ADD -> "add";
      case SUBTRACT -> "subtract";
      case MULTIPLY -> "multiply";
      case DIVIDE -> "divide";
      case REMAINDER -> "remainder";
    };
  }
}
