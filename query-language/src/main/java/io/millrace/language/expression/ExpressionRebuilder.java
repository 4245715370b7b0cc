package io.millrace.language.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions like others with other operands. Operands that stay the same instances give the
 * same instance back, so that a change costs what changes.
 */
public final class ExpressionRebuilder implements RowExpressionVisitor<RowExpression> {
  private final List<RowExpression> operands;

  private ExpressionRebuilder(List<RowExpression> operands) {
    this.operands = operands;
  }

  /**
   * The expression over other operands.
   *
   * @param operands as many as {@link RowExpression#operands} of it gives, of the same types
   */
  public static RowExpression rebuild(RowExpression expression, List<RowExpression> operands) {
    return expression.accept(new ExpressionRebuilder(operands));
  }

  /** Applies a change to every operand, then to the expression of the changed operands. */
  public static RowExpression bottomUp(
      RowExpression expression, UnaryOperator<RowExpression> change) {
    return change.apply(withOperands(expression, operand -> bottomUp(operand, change)));
  }

  /**
   * Asks for each expression, from the root, what stands in its place; null goes on to its
   * operands.
   */
  public static RowExpression topDown(
      RowExpression expression, Function<RowExpression, @Nullable RowExpression> replacement) {
    RowExpression replaced = replacement.apply(expression);
    return replaced != null
        ? replaced
        : withOperands(expression, operand -> topDown(operand, replacement));
  }

  private static RowExpression withOperands(
      RowExpression expression, UnaryOperator<RowExpression> change) {
    List<RowExpression> before = expression.operands();
    List<RowExpression> after = new ArrayList<>(before.size());
    boolean changed = false;
    for (RowExpression operand : before) {
      RowExpression replaced = change.apply(operand);
      changed |= replaced != operand;
      after.add(replaced);
    }
    return changed ? rebuild(expression, after) : expression;
  }

  @Override
  public RowExpression visitConstant(Constant expression) {
    return expression;
  }

  @Override
  public RowExpression visitColumnReference(ColumnReference expression) {
    return expression;
  }

  @Override
  public RowExpression visitRowtimeReference(RowtimeReference expression) {
    return expression;
  }

  @Override
  public RowExpression visitRowKindReference(RowKindReference expression) {
    return expression;
  }

  @Override
  public RowExpression visitLambdaReference(LambdaReference expression) {
    return expression;
  }

  @Override
  public RowExpression visitArithmetic(Arithmetic expression) {
    return new Arithmetic(
        expression.operator(), operands.get(0), operands.get(1), expression.type());
  }

  @Override
  public RowExpression visitNegation(Negation expression) {
    return new Negation(operands.get(0));
  }

  @Override
  public RowExpression visitComparison(Comparison expression) {
    return new Comparison(expression.operator(), operands.get(0), operands.get(1));
  }

  @Override
  public RowExpression visitLogical(Logical expression) {
    return new Logical(expression.isAnd(), operands);
  }

  @Override
  public RowExpression visitNot(Not expression) {
    return new Not(operands.get(0));
  }

  @Override
  public RowExpression visitIsNull(IsNull expression) {
    return new IsNull(operands.get(0));
  }

  @Override
  public RowExpression visitInList(InList expression) {
    return new InList(operands.get(0), operands.subList(1, operands.size()));
  }

  @Override
  public RowExpression visitCase(Case expression) {
    List<Case.When> whens = new ArrayList<>();
    int last = operands.size() - 1;
    for (int i = 0; i < last; i += 2) {
      whens.add(new Case.When(operands.get(i), operands.get(i + 1)));
    }
    return new Case(whens, operands.get(last));
  }

  @Override
  public RowExpression visitCoalesce(Coalesce expression) {
    return new Coalesce(operands);
  }

  @Override
  public RowExpression visitConcatenation(Concatenation expression) {
    return new Concatenation(operands);
  }

  @Override
  public RowExpression visitCast(Cast expression) {
    return new Cast(operands.get(0), expression.type(), expression.isTry(), expression.widens());
  }

  @Override
  public RowExpression visitFunctionCall(FunctionCall expression) {
    return new FunctionCall(expression.function(), operands, expression.type());
  }

  @Override
  public RowExpression visitLambdaExpression(LambdaExpression expression) {
    return new LambdaExpression(expression.parameters(), operands.get(0));
  }

  @Override
  public RowExpression visitFieldAccess(FieldAccess expression) {
    return new FieldAccess(operands.get(0), expression.field(), expression.type());
  }

  @Override
  public RowExpression visitSubscript(Subscript expression) {
    return new Subscript(operands.get(0), operands.get(1), expression.type());
  }

  @Override
  public RowExpression visitArrayConstructor(ArrayConstructor expression) {
    return new ArrayConstructor(operands, expression.type());
  }

  @Override
  public RowExpression visitStructConstructor(StructConstructor expression) {
    return new StructConstructor(operands, expression.type());
  }

  @Override
  public RowExpression visitMapConstructor(MapConstructor expression) {
    List<RowExpression> keys = new ArrayList<>();
    List<RowExpression> values = new ArrayList<>();
    for (int i = 0; i < operands.size(); i += 2) {
      keys.add(operands.get(i));
      values.add(operands.get(i + 1));
    }
    return new MapConstructor(keys, values, expression.type());
  }
}
