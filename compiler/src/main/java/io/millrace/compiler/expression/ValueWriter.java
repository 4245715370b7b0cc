package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FieldAccess;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaReference;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.MapConstructor;
import io.millrace.language.expression.Negation;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowExpressionVisitor;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.StructConstructor;
import io.millrace.language.expression.Subscript;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the value of each kind of expression; larger families have a class of their own. */
final class ValueWriter implements RowExpressionVisitor<Fragment> {
  private final RowCode row;
  private final Conditions conditions;
  private final ArithmeticCode arithmetic;
  private final ComparisonCode comparisons;
  private final CallCode calls;
  private final CollectionCode collections;

  ValueWriter(RowCode row) {
    this.row = row;
    this.conditions = new Conditions(row);
    this.arithmetic = new ArithmeticCode(row);
    this.comparisons = new ComparisonCode(row);
    this.calls = new CallCode(row);
    this.collections = new CollectionCode(row);
  }

  @Override
  public Fragment visitConstant(Constant constant) {
    if (constant.isNull()) {
      return Fragment.nullOf(constant.type());
    }
    if (constant.type() == DataType.BOOLEAN) {
      return Fragment.of(String.valueOf(constant.value()), 0);
    }
    return Fragment.of(row.kernel().constant(constant), 0);
  }

  @Override
  public Fragment visitColumnReference(ColumnReference column) {
    String value = "v" + column.index() + "[i]";
    if (column.type().layout() == Layout.OBJECT) {
      String cast = "((" + JavaTypes.of(column.type()) + ") " + value + ")";
      if (!row.columnsMayBeNull()) {
        return Fragment.of(cast, 1);
      }
      String variable = row.declare(JavaTypes.of(column.type()), cast);
      return new Fragment(variable, variable + " == null", 0);
    }
    if (!row.columnsMayBeNull()) {
      return Fragment.of(value, 1);
    }
    String bits = "n" + column.index();
    return new Fragment(
        value, "(" + bits + " != null && (" + bits + "[i >>> 6] >>> i & 1L) != 0L)", 1);
  }

  @Override
  public Fragment visitRowtimeReference(RowtimeReference expression) {
    return Fragment.of("rowtimes[i]", 1);
  }

  @Override
  public Fragment visitRowKindReference(RowKindReference expression) {
    return Fragment.of(RowKind.class.getName() + ".symbol(kinds, i)", 1);
  }

  @Override
  public Fragment visitArithmetic(Arithmetic expression) {
    return arithmetic.write(expression);
  }

  @Override
  public Fragment visitNegation(Negation expression) {
    return arithmetic.negate(expression);
  }

  @Override
  public Fragment visitComparison(Comparison expression) {
    return comparisons.write(expression);
  }

  @Override
  public Fragment visitLogical(Logical expression) {
    return conditions.logical(expression);
  }

  @Override
  public Fragment visitNot(Not expression) {
    Fragment operand = row.value(expression.operand());
    if (operand.isAlwaysNull()) {
      return operand;
    }
    return new Fragment(
        Fragment.operand(Fragment.negate(operand.code())), operand.isNull(), operand.depth() + 1);
  }

  @Override
  public Fragment visitIsNull(IsNull expression) {
    Fragment operand = row.value(expression.operand());
    return Fragment.of(Fragment.operand(operand.isNull()), operand.depth() + 1);
  }

  @Override
  public Fragment visitInList(InList expression) {
    return comparisons.write(expression);
  }

  @Override
  public Fragment visitCase(Case expression) {
    return conditions.choice(expression);
  }

  @Override
  public Fragment visitCoalesce(Coalesce expression) {
    return conditions.coalesce(expression);
  }

  @Override
  public Fragment visitConcatenation(Concatenation expression) {
    List<Fragment> parts = new ArrayList<>();
    for (RowExpression part : expression.parts()) {
      parts.add(row.value(part));
    }
    String code = parts.stream().map(Fragment::code).collect(Collectors.joining(" + ", "(", ")"));
    return row.strict(DataType.STRING, parts, code, RowCode.Evaluation.NOT_NULL);
  }

  @Override
  public Fragment visitCast(Cast expression) {
    return new CastCode(row).write(expression);
  }

  @Override
  public Fragment visitFunctionCall(FunctionCall expression) {
    return calls.write(expression);
  }

  @Override
  public Fragment visitLambdaExpression(LambdaExpression expression) {
    return Fragment.of(row.call(expression, KernelBody.Result.LAMBDA), 1);
  }

  @Override
  public Fragment visitLambdaReference(LambdaReference reference) {
    return row.ofObject(reference.type(), KernelBody.variable(reference.parameter()));
  }

  @Override
  public Fragment visitFieldAccess(FieldAccess expression) {
    return collections.field(expression);
  }

  @Override
  public Fragment visitSubscript(Subscript expression) {
    return collections.subscript(expression);
  }

  @Override
  public Fragment visitArrayConstructor(ArrayConstructor expression) {
    return collections.array(expression);
  }

  @Override
  public Fragment visitStructConstructor(StructConstructor expression) {
    return collections.struct(expression);
  }

  @Override
  public Fragment visitMapConstructor(MapConstructor expression) {
    return collections.map(expression);
  }
}
