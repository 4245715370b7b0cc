package io.millrace.language.parser;

import io.millrace.language.ast.ArrayExpression;
import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.CaseExpression;
import io.millrace.language.ast.CastExpression;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.ExtractExpression;
import io.millrace.language.ast.FloorToExpression;
import io.millrace.language.ast.FrameBound;
import io.millrace.language.ast.FrameBoundKind;
import io.millrace.language.ast.FrameClause;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.InListExpression;
import io.millrace.language.ast.LambdaFunction;
import io.millrace.language.ast.MapEntry;
import io.millrace.language.ast.MapExpression;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.ast.OverClause;
import io.millrace.language.ast.PositionExpression;
import io.millrace.language.ast.SemanticsExpression;
import io.millrace.language.ast.SortItem;
import io.millrace.language.ast.StructEntry;
import io.millrace.language.ast.StructExpression;
import io.millrace.language.ast.SubqueryExpression;
import io.millrace.language.ast.WhenClause;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds primaries: names, constructors, CASE, CAST, sub-queries and calls of functions. */
final class CallBuilder extends MillraceParserBaseVisitor<Expression> {
  private final AstBuilder ast;

  CallBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public Expression visitLiteralPrimary(MillraceParser.LiteralPrimaryContext ctx) {
    return ctx.literal().accept(ast.literals());
  }

  @Override
  public Expression visitParenthesizedExpression(
      MillraceParser.ParenthesizedExpressionContext ctx) {
    return ctx.expression().accept(ast.expressions());
  }

  @Override
  public Expression visitSubquery(MillraceParser.SubqueryContext ctx) {
    return new SubqueryExpression(ast.queries().select(ctx.selectQuery()), ast.span(ctx));
  }

  @Override
  public Expression visitCase(MillraceParser.CaseContext ctx) {
    return new CaseExpression(
        ast.expressions().visitOptional(ctx.operand),
        AstBuilder.map(ctx.whenClause(), this::whenClause),
        ast.expressions().visitOptional(ctx.otherwise),
        ast.span(ctx));
  }

  private WhenClause whenClause(MillraceParser.WhenClauseContext ctx) {
    ExpressionBuilder expressions = ast.expressions();
    return new WhenClause(
        expressions.visit(ctx.expression(0)), expressions.visit(ctx.expression(1)), ast.span(ctx));
  }

  @Override
  public Expression visitCast(MillraceParser.CastContext ctx) {
    return new CastExpression(
        ast.expressions().visit(ctx.expression()),
        ast.types().visit(ctx.dataType()),
        ctx.TRY_CAST() != null,
        ast.span(ctx));
  }

  @Override
  public Expression visitArray(MillraceParser.ArrayContext ctx) {
    return new ArrayExpression(ast.expressions().visitAll(ctx.expression()), ast.span(ctx));
  }

  @Override
  public Expression visitMap(MillraceParser.MapContext ctx) {
    ExpressionBuilder expressions = ast.expressions();
    List<MapEntry> entries =
        AstBuilder.map(
            ctx.mapEntry(),
            entry ->
                new MapEntry(
                    expressions.visit(entry.expression(0)),
                    expressions.visit(entry.expression(1)),
                    ast.span(entry)));
    return new MapExpression(entries, ast.span(ctx));
  }

  @Override
  public Expression visitStruct(MillraceParser.StructContext ctx) {
    List<StructEntry> entries =
        AstBuilder.map(
            ctx.structEntry(),
            entry ->
                new StructEntry(
                    ast.expressions().visit(entry.expression()),
                    entry.identifier() == null ? null : ast.identifier(entry.identifier()),
                    ast.span(entry)));
    return new StructExpression(entries, ast.span(ctx));
  }

  @Override
  public Expression visitName(MillraceParser.NameContext ctx) {
    return new NameExpression(ast.identifier(ctx.identifier()), ast.span(ctx));
  }

  @Override
  public Expression visitCallPrimary(MillraceParser.CallPrimaryContext ctx) {
    Expression call = visitCall(ctx.call());
    boolean hasSemantics = ctx.FINAL() != null || ctx.RUNNING() != null;
    return hasSemantics ? new SemanticsExpression(ctx.FINAL() != null, call, ast.span(ctx)) : call;
  }

  @Override
  public Expression visitCall(MillraceParser.CallContext ctx) {
    Identifier name = ast.identifier(ctx.functionName().identifier());
    MillraceParser.CallArgumentsContext context = ctx.callArguments();
    List<Expression> arguments =
        context == null ? List.of() : AstBuilder.map(context.argument(), this::argument);
    CallModifiers modifiers = modifiers(ctx);
    boolean isPosition = name.name().equalsIgnoreCase("position");
    if (context != null && context.argumentTail() != null) {
      return specialCall(ctx, name, arguments, modifiers);
    }
    if (isPosition
        && modifiers.isNone()
        && arguments.size() == 1
        && arguments.get(0) instanceof InListExpression in
        && in.options().size() == 1
        && !in.isNegated()) {
      return new PositionExpression(in.value(), in.options().get(0), ast.span(ctx));
    }
    return new CallExpression(name, arguments, modifiers, ast.span(ctx));
  }

  private Expression argument(MillraceParser.ArgumentContext ctx) {
    return ctx.lambda() != null
        ? visitLambda(ctx.lambda())
        : ctx.expression().accept(ast.expressions());
  }

  @Override
  public Expression visitLambda(MillraceParser.LambdaContext ctx) {
    return new LambdaFunction(
        AstBuilder.map(ctx.identifier(), ast::identifier),
        ast.expressions().visit(ctx.expression()),
        ast.span(ctx));
  }

  /** The calls with a word between their arguments. */
  private Expression specialCall(
      MillraceParser.CallContext ctx,
      Identifier name,
      List<Expression> arguments,
      CallModifiers modifiers) {
    MillraceParser.ArgumentTailContext tail = ctx.callArguments().argumentTail();
    String function = name.name().toLowerCase(Locale.ROOT);
    Expression first = arguments.get(0);
    Span span = ast.span(ctx);
    if (arguments.size() == 1 && modifiers.isNone()) {
      if (function.equals("extract") && tail.FROM() != null && first instanceof NameExpression p) {
        return new ExtractExpression(p.name(), ast.expressions().visit(tail.expression()), span);
      }
      if (function.equals("floor") && tail.TO() != null) {
        return new FloorToExpression(first, ast.identifier(tail.identifier()), span);
      }
      if (function.equals("position") && tail.IN() != null) {
        return new PositionExpression(first, ast.expressions().visit(tail.value()), span);
      }
    }
    String word = tail.getStart().getText().toUpperCase(Locale.ROOT);
    ast.diagnostics()
        .report(
            "syntax",
            ast.span(tail.getStart()),
            "'" + word + "' is not part of a call of '" + name.name() + "'",
            "the forms with a word are EXTRACT(part FROM x), FLOOR(x TO unit), POSITION(a IN b)");
    return new CallExpression(name, arguments, modifiers, span);
  }

  private CallModifiers modifiers(MillraceParser.CallContext ctx) {
    MillraceParser.CallArgumentsContext arguments = ctx.callArguments();
    NullTreatment nulls = nullTreatment(ctx.nullTreatment());
    List<SortItem> orderBy = List.of();
    boolean isStar = false;
    boolean isDistinct = false;
    if (arguments != null) {
      isStar = arguments.STAR() != null;
      isDistinct = arguments.DISTINCT() != null;
      orderBy = sortItems(arguments.orderBy());
      if (arguments.nullTreatment() != null) {
        nulls = nullTreatment(arguments.nullTreatment());
      }
    }
    Expression filter =
        ctx.filterClause() == null
            ? null
            : ast.expressions().visit(ctx.filterClause().expression());
    OverClause over = ctx.overClause() == null ? null : over(ctx.overClause());
    return new CallModifiers(isStar, isDistinct, orderBy, nulls, filter, over);
  }

  private static NullTreatment nullTreatment(MillraceParser.@Nullable NullTreatmentContext ctx) {
    if (ctx == null) {
      return NullTreatment.UNSTATED;
    }
    return ctx.IGNORE() != null ? NullTreatment.IGNORE : NullTreatment.RESPECT;
  }

  private OverClause over(MillraceParser.OverClauseContext ctx) {
    return new OverClause(
        partitionKeys(ctx.partitionBy()),
        sortItems(ctx.orderBy()),
        ctx.frameClause() == null ? null : frame(ctx.frameClause()),
        ast.span(ctx));
  }

  /** The expressions of PARTITION BY; none if there is no such clause. */
  List<Expression> partitionKeys(MillraceParser.@Nullable PartitionByContext ctx) {
    return ctx == null ? List.of() : ast.expressions().visitAll(ctx.expression());
  }

  /** The items of ORDER BY; none if there is no such clause. */
  List<SortItem> sortItems(MillraceParser.@Nullable OrderByContext ctx) {
    return ctx == null ? List.of() : AstBuilder.map(ctx.sortItem(), ast.expressions()::sortItem);
  }

  private FrameClause frame(MillraceParser.FrameClauseContext ctx) {
    return new FrameClause(
        ctx.ROWS() != null,
        frameBound(ctx.frameBound(0)),
        ctx.BETWEEN() == null ? null : frameBound(ctx.frameBound(1)),
        ast.span(ctx));
  }

  private FrameBound frameBound(MillraceParser.FrameBoundContext ctx) {
    Span span = ast.span(ctx);
    if (ctx instanceof MillraceParser.UnboundedFrameContext unbounded) {
      FrameBoundKind kind =
          unbounded.PRECEDING() != null
              ? FrameBoundKind.UNBOUNDED_PRECEDING
              : FrameBoundKind.UNBOUNDED_FOLLOWING;
      return new FrameBound(kind, null, span);
    }
    if (ctx instanceof MillraceParser.OffsetFrameContext offset) {
      FrameBoundKind kind =
          offset.PRECEDING() != null ? FrameBoundKind.PRECEDING : FrameBoundKind.FOLLOWING;
      return new FrameBound(kind, ast.expressions().visit(offset.value()), span);
    }
    return new FrameBound(FrameBoundKind.CURRENT_ROW, null, span);
  }
}
