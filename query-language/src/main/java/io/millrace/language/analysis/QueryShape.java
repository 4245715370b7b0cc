package io.millrace.language.analysis;

import io.millrace.language.ast.ArithmeticExpression;
import io.millrace.language.ast.ArrayExpression;
import io.millrace.language.ast.AtTimeZoneExpression;
import io.millrace.language.ast.BetweenExpression;
import io.millrace.language.ast.BooleanLiteral;
import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.CaseExpression;
import io.millrace.language.ast.CastExpression;
import io.millrace.language.ast.ComparisonExpression;
import io.millrace.language.ast.ConcatenationExpression;
import io.millrace.language.ast.DecimalLiteral;
import io.millrace.language.ast.DoubleLiteral;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.ExpressionVisitor;
import io.millrace.language.ast.ExtractExpression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.FloorToExpression;
import io.millrace.language.ast.InListExpression;
import io.millrace.language.ast.InQueryExpression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.IsNullExpression;
import io.millrace.language.ast.IsTruthExpression;
import io.millrace.language.ast.LambdaFunction;
import io.millrace.language.ast.LastElementExpression;
import io.millrace.language.ast.LikeExpression;
import io.millrace.language.ast.LogicalExpression;
import io.millrace.language.ast.MapExpression;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.NotExpression;
import io.millrace.language.ast.NullLiteral;
import io.millrace.language.ast.OverClause;
import io.millrace.language.ast.PositionExpression;
import io.millrace.language.ast.RegexpExpression;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.ast.SemanticsExpression;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.ast.StructExpression;
import io.millrace.language.ast.SubqueryExpression;
import io.millrace.language.ast.SubscriptExpression;
import io.millrace.language.ast.TemporalLiteral;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says of a query by its text alone, before it is known what it reads, whether it makes groups of
 * rows or passes them on.
 */
final class QueryShape {
  private final AnalysisContext context;

  QueryShape(AnalysisContext context) {
    this.context = context;
  }

  /** Whether it groups its rows: by keys, by all of their values, or all together. */
  boolean isGrouped(Select select) {
    return select.isDistinct() || !select.groupBy().isEmpty() || has(select, Calls.AGGREGATES);
  }

  /** Whether each of its rows is made of one row, without looking at others. */
  boolean isOfRows(Select select) {
    return !isGrouped(select)
        && select.having() == null
        && select.qualify() == null
        && !has(select, Calls.ANALYTIC);
  }

  /** Whether it makes rows of elements. */
  boolean explodes(Select select) {
    return has(select, Calls.EXPLODE);
  }

  /** Whether an expression is made of aggregates. */
  boolean aggregates(Expression expression) {
    return new Finder(context, Calls.AGGREGATES).any(expression);
  }

  /** Whether an expression is made of analytic functions. */
  boolean isAnalytic(Expression expression) {
    return new Finder(context, Calls.ANALYTIC).any(expression);
  }

  private boolean has(Select select, Calls wanted) {
    Finder finder = new Finder(context, wanted);
    return finder.any(select.having())
        || finder.any(select.qualify())
        || select.items().stream()
            .anyMatch(
                item ->
                    item instanceof SelectItem.Column column && finder.any(column.expression()));
  }

  /** Which calls are looked for. */
  private enum Calls {
    AGGREGATES,
    ANALYTIC,
    EXPLODE
  }

  /** Finds calls in an expression. */
  private record Finder(AnalysisContext context, Calls wanted)
      implements ExpressionVisitor<Boolean> {
    boolean any(@Nullable Expression expression) {
      return expression != null && expression.accept(this);
    }

    private boolean any(Expression one, @Nullable Expression other) {
      return any(one) || any(other);
    }

    private boolean any(List<Expression> expressions) {
      return expressions.stream().anyMatch(this::any);
    }

    @Override
    public Boolean visitCallExpression(CallExpression call) {
      CallModifiers modifiers = call.modifiers();
      boolean isAnalytic = modifiers.over() != null;
      String name = call.name().name().toLowerCase(Locale.ROOT);
      boolean isWanted =
          switch (wanted) {
            case AGGREGATES -> !isAnalytic && context.isAggregate(name);
            case ANALYTIC -> isAnalytic;
            case EXPLODE -> name.equals(CallAnalyzer.EXPLODE);
          };
      return isWanted || any(call.arguments()) || anyIn(modifiers);
    }

    private boolean anyIn(CallModifiers modifiers) {
      OverClause over = modifiers.over();
      return any(modifiers.filter())
          || anyOf(modifiers.orderBy())
          || (over != null && (any(over.partitionBy()) || anyOf(over.orderBy())));
    }

    private boolean anyOf(List<SortItem> items) {
      return items.stream().anyMatch(item -> any(item.expression()));
    }

    @Override
    public Boolean visitNullLiteral(NullLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitBooleanLiteral(BooleanLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitIntegerLiteral(IntegerLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitDecimalLiteral(DecimalLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitDoubleLiteral(DoubleLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitStringLiteral(StringLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitTemporalLiteral(TemporalLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitDurationLiteral(DurationLiteral expression) {
      return false;
    }

    @Override
    public Boolean visitNameExpression(NameExpression expression) {
      return false;
    }

    @Override
    public Boolean visitSubqueryExpression(SubqueryExpression expression) {
      return false;
    }

    @Override
    public Boolean visitArrayExpression(ArrayExpression expression) {
      return any(expression.elements());
    }

    @Override
    public Boolean visitMapExpression(MapExpression expression) {
      return expression.entries().stream().anyMatch(entry -> any(entry.key(), entry.value()));
    }

    @Override
    public Boolean visitStructExpression(StructExpression expression) {
      return expression.entries().stream().anyMatch(entry -> any(entry.value()));
    }

    @Override
    public Boolean visitFieldExpression(FieldExpression expression) {
      return any(expression.base());
    }

    @Override
    public Boolean visitSubscriptExpression(SubscriptExpression expression) {
      return any(expression.base(), expression.index());
    }

    @Override
    public Boolean visitLastElementExpression(LastElementExpression expression) {
      return any(expression.base());
    }

    @Override
    public Boolean visitLogicalExpression(LogicalExpression expression) {
      return any(expression.terms());
    }

    @Override
    public Boolean visitNotExpression(NotExpression expression) {
      return any(expression.operand());
    }

    @Override
    public Boolean visitComparisonExpression(ComparisonExpression expression) {
      return any(expression.left(), expression.right());
    }

    @Override
    public Boolean visitBetweenExpression(BetweenExpression expression) {
      return any(expression.value()) || any(expression.low(), expression.high());
    }

    @Override
    public Boolean visitInListExpression(InListExpression expression) {
      return any(expression.value()) || any(expression.options());
    }

    @Override
    public Boolean visitInQueryExpression(InQueryExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitLikeExpression(LikeExpression expression) {
      return any(expression.value()) || any(expression.pattern(), expression.escape());
    }

    @Override
    public Boolean visitRegexpExpression(RegexpExpression expression) {
      return any(expression.value(), expression.pattern());
    }

    @Override
    public Boolean visitIsNullExpression(IsNullExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitIsTruthExpression(IsTruthExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitConcatenationExpression(ConcatenationExpression expression) {
      return any(expression.operands());
    }

    @Override
    public Boolean visitArithmeticExpression(ArithmeticExpression expression) {
      return any(expression.left(), expression.right());
    }

    @Override
    public Boolean visitNegationExpression(NegationExpression expression) {
      return any(expression.operand());
    }

    @Override
    public Boolean visitAtTimeZoneExpression(AtTimeZoneExpression expression) {
      return any(expression.value(), expression.zone());
    }

    @Override
    public Boolean visitCaseExpression(CaseExpression expression) {
      return any(expression.operand())
          || any(expression.otherwise())
          || expression.whens().stream().anyMatch(it -> any(it.condition(), it.result()));
    }

    @Override
    public Boolean visitCastExpression(CastExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitExtractExpression(ExtractExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitFloorToExpression(FloorToExpression expression) {
      return any(expression.value());
    }

    @Override
    public Boolean visitPositionExpression(PositionExpression expression) {
      return any(expression.needle(), expression.text());
    }

    @Override
    public Boolean visitLambdaFunction(LambdaFunction expression) {
      return any(expression.body());
    }

    @Override
    public Boolean visitSemanticsExpression(SemanticsExpression expression) {
      return any(expression.operand());
    }
  }
}
