package io.millrace.language.parser;

import io.millrace.language.ast.ArithmeticExpression;
import io.millrace.language.ast.AtTimeZoneExpression;
import io.millrace.language.ast.BetweenExpression;
import io.millrace.language.ast.ComparisonExpression;
import io.millrace.language.ast.ConcatenationExpression;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FieldExpression;
import io.millrace.language.ast.InListExpression;
import io.millrace.language.ast.InQueryExpression;
import io.millrace.language.ast.IsNullExpression;
import io.millrace.language.ast.IsTruthExpression;
import io.millrace.language.ast.LastElementExpression;
import io.millrace.language.ast.LikeExpression;
import io.millrace.language.ast.LogicalExpression;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.NotExpression;
import io.millrace.language.ast.NullOrder;
import io.millrace.language.ast.RegexpExpression;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.SubscriptExpression;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.spi.error.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/**
 * Builds expressions down to their primaries. The grammar's trees of operators lean to the left and
 * may be thousands deep: chains are walked in loops.
 */
final class ExpressionBuilder extends MillraceParserBaseVisitor<Expression> {
  private final AstBuilder ast;

  ExpressionBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  List<Expression> visitAll(List<MillraceParser.ExpressionContext> contexts) {
    return AstBuilder.map(contexts, this::visit);
  }

  /** The expression, or null if there is none. */
  @Nullable Expression visitOptional(@Nullable ParserRuleContext context) {
    return context == null ? null : visit(context);
  }

  SortItem sortItem(MillraceParser.SortItemContext ctx) {
    NullOrder nulls = NullOrder.UNSTATED;
    if (ctx.NULLS() != null) {
      nulls = ctx.FIRST() != null ? NullOrder.FIRST : NullOrder.LAST;
    }
    return new SortItem(visit(ctx.expression()), ctx.DESC() != null, nulls, ast.span(ctx));
  }

  // Conditions.

  @Override
  public Expression visitCondition(MillraceParser.ConditionContext ctx) {
    return visitPredicate(ctx.predicate());
  }

  @Override
  public Expression visitNot(MillraceParser.NotContext ctx) {
    return new NotExpression(visit(ctx.expression()), ast.span(ctx));
  }

  @Override
  public Expression visitAnd(MillraceParser.AndContext ctx) {
    Deque<Expression> terms = new ArrayDeque<>();
    MillraceParser.ExpressionContext left = ctx;
    while (left instanceof MillraceParser.AndContext and) {
      terms.addFirst(visit(and.expression(1)));
      left = and.expression(0);
    }
    terms.addFirst(visit(left));
    return new LogicalExpression(true, List.copyOf(terms), ast.span(ctx));
  }

  @Override
  public Expression visitOr(MillraceParser.OrContext ctx) {
    Deque<Expression> terms = new ArrayDeque<>();
    MillraceParser.ExpressionContext left = ctx;
    while (left instanceof MillraceParser.OrContext or) {
      terms.addFirst(visit(or.expression(1)));
      left = or.expression(0);
    }
    terms.addFirst(visit(left));
    return new LogicalExpression(false, List.copyOf(terms), ast.span(ctx));
  }

  // Predicates.

  @Override
  public Expression visitPredicate(MillraceParser.PredicateContext ctx) {
    Expression value = ctx.value().accept(this);
    return ctx.predicateTail() == null
        ? value
        : ctx.predicateTail().accept(new TailBuilder(value, ast.span(ctx)));
  }

  /** Builds a predicate on a value from what follows it. */
  private final class TailBuilder extends MillraceParserBaseVisitor<Expression> {
    private final Expression value;
    private final Span span;

    TailBuilder(Expression value, Span span) {
      this.value = value;
      this.span = span;
    }

    private Expression build(ParserRuleContext context) {
      return ExpressionBuilder.this.visit(context);
    }

    @Override
    public Expression visitComparison(MillraceParser.ComparisonContext ctx) {
      ComparisonOperator operator =
          switch (ctx.comparisonOperator().getStart().getType()) {
            case MillraceLexer.EQUAL -> ComparisonOperator.EQUAL;
            case MillraceLexer.NOT_EQUAL -> ComparisonOperator.NOT_EQUAL;
            case MillraceLexer.LESS -> ComparisonOperator.LESS;
            case MillraceLexer.LESS_OR_EQUAL -> ComparisonOperator.LESS_OR_EQUAL;
            case MillraceLexer.GREATER -> ComparisonOperator.GREATER;
            default -> ComparisonOperator.GREATER_OR_EQUAL;
          };
      return new ComparisonExpression(operator, value, build(ctx.value()), span);
    }

    @Override
    public Expression visitIsDistinct(MillraceParser.IsDistinctContext ctx) {
      ComparisonOperator operator =
          ctx.NOT() == null ? ComparisonOperator.DISTINCT : ComparisonOperator.NOT_DISTINCT;
      return new ComparisonExpression(operator, value, build(ctx.value()), span);
    }

    @Override
    public Expression visitBetween(MillraceParser.BetweenContext ctx) {
      return new BetweenExpression(
          value, build(ctx.value(0)), build(ctx.value(1)), ctx.NOT() != null, span);
    }

    @Override
    public Expression visitInList(MillraceParser.InListContext ctx) {
      return new InListExpression(value, visitAll(ctx.expression()), ctx.NOT() != null, span);
    }

    @Override
    public Expression visitInQuery(MillraceParser.InQueryContext ctx) {
      return new InQueryExpression(
          value, ast.queries().select(ctx.selectQuery()), ctx.NOT() != null, span);
    }

    @Override
    public Expression visitLike(MillraceParser.LikeContext ctx) {
      return new LikeExpression(
          value, build(ctx.value(0)), visitOptional(ctx.value(1)), ctx.NOT() != null, span);
    }

    @Override
    public Expression visitRegexp(MillraceParser.RegexpContext ctx) {
      return new RegexpExpression(value, build(ctx.value()), ctx.NOT() != null, span);
    }

    @Override
    public Expression visitIsNull(MillraceParser.IsNullContext ctx) {
      return new IsNullExpression(value, ctx.NOT() != null, span);
    }

    @Override
    public Expression visitIsTruth(MillraceParser.IsTruthContext ctx) {
      return new IsTruthExpression(value, ctx.TRUE() != null, ctx.NOT() != null, span);
    }
  }

  // Values.

  @Override
  public Expression visitConcatenation(MillraceParser.ConcatenationContext ctx) {
    Deque<Expression> operands = new ArrayDeque<>();
    MillraceParser.ValueContext left = ctx;
    while (left instanceof MillraceParser.ConcatenationContext concatenation) {
      operands.addFirst(visit(concatenation.value(1)));
      left = concatenation.value(0);
    }
    operands.addFirst(visit(left));
    return new ConcatenationExpression(List.copyOf(operands), ast.span(ctx));
  }

  @Override
  public Expression visitArithmetic(MillraceParser.ArithmeticContext ctx) {
    Deque<MillraceParser.ArithmeticContext> chain = new ArrayDeque<>();
    MillraceParser.ValueContext left = ctx;
    while (left instanceof MillraceParser.ArithmeticContext arithmetic) {
      chain.push(arithmetic);
      left = arithmetic.value(0);
    }
    Expression result = visit(left);
    for (MillraceParser.ArithmeticContext next : chain) {
      result =
          new ArithmeticExpression(operator(next), result, visit(next.value(1)), ast.span(next));
    }
    return result;
  }

  private static ArithmeticOperator operator(MillraceParser.ArithmeticContext ctx) {
    if (ctx.PLUS() != null) {
      return ArithmeticOperator.ADD;
    }
    if (ctx.MINUS() != null) {
      return ArithmeticOperator.SUBTRACT;
    }
    if (ctx.STAR() != null) {
      return ArithmeticOperator.MULTIPLY;
    }
    return ctx.SLASH() != null ? ArithmeticOperator.DIVIDE : ArithmeticOperator.REMAINDER;
  }

  @Override
  public Expression visitSign(MillraceParser.SignContext ctx) {
    Expression operand = visit(ctx.value());
    return ctx.PLUS() != null ? operand : new NegationExpression(operand, ast.span(ctx));
  }

  @Override
  public Expression visitField(MillraceParser.FieldContext ctx) {
    return new FieldExpression(visit(ctx.value()), ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public Expression visitSubscript(MillraceParser.SubscriptContext ctx) {
    Expression base = visit(ctx.value());
    return ctx.LAST() != null
        ? new LastElementExpression(base, ast.span(ctx))
        : new SubscriptExpression(base, visit(ctx.expression()), ast.span(ctx));
  }

  @Override
  public Expression visitAtTimeZone(MillraceParser.AtTimeZoneContext ctx) {
    return new AtTimeZoneExpression(
        visit(ctx.value()), ctx.primary().accept(ast.calls()), ast.span(ctx));
  }

  @Override
  public Expression visitPrimaryValue(MillraceParser.PrimaryValueContext ctx) {
    return ctx.primary().accept(ast.calls());
  }
}
