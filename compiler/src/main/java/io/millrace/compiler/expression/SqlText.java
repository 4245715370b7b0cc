package io.millrace.compiler.expression;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.types.DataType;
import java.util.stream.Collectors;

/**
 * A short SQL text of an expression, for the messages of row errors; what is too long or too deep
 * is an ellipsis.
 */
final class SqlText {
  private static final int LONGEST = 80;
  private static final int DEEPEST = 4;

  private SqlText() {}

  static String of(RowExpression expression) {
    String text = text(expression, 0);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }

  private static String text(RowExpression expression, int depth) {
    if (depth > DEEPEST) {
      return "…";
    }
    if (expression instanceof Constant constant) {
      return constant.type() == DataType.STRING
          ? "'" + constant.value() + "'"
          : String.valueOf(constant.value());
    }
    if (expression instanceof ColumnReference column) {
      return column.name();
    }
    if (expression instanceof RowtimeReference) {
      return "ROWTIME";
    }
    if (expression instanceof RowKindReference) {
      return "ROW_KIND";
    }
    if (expression instanceof LambdaReference reference) {
      return reference.parameter().name();
    }
    if (expression instanceof Arithmetic arithmetic) {
      return operand(arithmetic.left(), depth)
          + " "
          + arithmetic.operator().symbol()
          + " "
          + operand(arithmetic.right(), depth);
    }
    return call(expression, depth);
  }

  private static String call(RowExpression expression, int depth) {
    if (expression instanceof Negation negation) {
      return "-" + operand(negation.operand(), depth);
    }
    if (expression instanceof Cast cast) {
      return cast.widens()
          ? text(cast.operand(), depth)
          : "CAST(" + text(cast.operand(), depth + 1) + " AS " + cast.type().sql() + ")";
    }
    if (expression instanceof FunctionCall function) {
      return function.arguments().stream()
          .map(argument -> text(argument, depth + 1))
          .collect(Collectors.joining(", ", function.function().name() + "(", ")"));
    }
    if (expression instanceof Subscript subscript) {
      return text(subscript.collection(), depth + 1)
          + "["
          + text(subscript.index(), depth + 1)
          + "]";
    }
    if (expression instanceof FieldAccess access
        && access.struct().type() instanceof DataType.StructOf struct) {
      return text(access.struct(), depth + 1) + "." + struct.fields().get(access.field()).name();
    }
    return "…";
  }

  private static String operand(RowExpression expression, int depth) {
    String text = text(expression, depth + 1);
    return expression instanceof Arithmetic ? "(" + text + ")" : text;
  }
}
