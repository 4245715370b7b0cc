package io.millrace.language.analysis;

import io.millrace.language.ast.ArithmeticExpression;
import io.millrace.language.ast.ArrayExpression;
import io.millrace.language.ast.AtTimeZoneExpression;
import io.millrace.language.ast.BetweenExpression;
import io.millrace.language.ast.BooleanLiteral;
import io.millrace.language.ast.CallExpression;
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
import io.millrace.language.ast.Identifier;
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
import io.millrace.language.ast.PositionExpression;
import io.millrace.language.ast.RegexpExpression;
import io.millrace.language.ast.SemanticsExpression;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.ast.StructExpression;
import io.millrace.language.ast.SubqueryExpression;
import io.millrace.language.ast.SubscriptExpression;
import io.millrace.language.ast.TemporalLiteral;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Types one clause's expressions over one scope. */
final class ExpressionAnalyzer implements ExpressionVisitor<RowExpression> {
  /** More than anybody writes, less than a small stack holds. */
  private static final int MAX_DEPTH = 700;

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final NameAnalyzer names;
  private final LiteralAnalyzer literals;
  private final FunctionAnalyzer functions;
  private final CallAnalyzer calls;
  private final ValueAnalyzer values;
  private int depth;

  ExpressionAnalyzer(AnalysisContext context, Scope scope, Clause clause) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.names = new NameAnalyzer(context, scope, clause);
    this.literals = new LiteralAnalyzer(context.coercion());
    this.values = new ValueAnalyzer(context, this);
    this.functions = new FunctionAnalyzer(context, this, names);
    this.calls =
        new CallAnalyzer(
            context,
            scope.pattern().filter(PatternScope::takesAggregates),
            new AggregateAnalyzer(context, scope, clause),
            new AnalyticAnalyzer(context, scope, clause, this, values),
            new ConditionalAnalyzer(context, this, values),
            new ExplodeAnalyzer(context, this, clause),
            functions);
  }

  /** The typed expression, or what stands for one with errors. */
  RowExpression analyze(Expression expression) {
    if (depth == MAX_DEPTH) {
      return reporter.error(
          "too-deep",
          expression.span(),
          "the expression is nested more than " + MAX_DEPTH + " levels deep");
    }
    depth++;
    RowExpression analyzed = expression.accept(this);
    depth--;
    return analyzed;
  }

  List<RowExpression> analyzeAll(List<Expression> expressions) {
    List<RowExpression> analyzed = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      analyzed.add(analyze(expression));
    }
    return analyzed;
  }

  /** The expression as a condition. */
  RowExpression condition(Expression expression, String place) {
    return context.operators().condition(analyze(expression), expression.span(), place);
  }

  static boolean anyFaulty(List<RowExpression> expressions) {
    return expressions.stream().anyMatch(Reporter::isFaulty);
  }

  private static RowExpression negated(RowExpression condition, boolean isNegated) {
    return isNegated && !Reporter.isFaulty(condition) ? new Not(condition) : condition;
  }

  private RowExpression compare(
      ComparisonOperator operator, RowExpression left, RowExpression right, Span span) {
    return context.operators().compare(operator, left, right, span);
  }

  @Override
  public RowExpression visitNullLiteral(NullLiteral expression) {
    return Constant.nullOf(DataType.NULL);
  }

  @Override
  public RowExpression visitBooleanLiteral(BooleanLiteral expression) {
    return expression.value() ? Constant.TRUE : Constant.FALSE;
  }

  @Override
  public RowExpression visitIntegerLiteral(IntegerLiteral expression) {
    return literals.integer(expression, reporter);
  }

  @Override
  public RowExpression visitDecimalLiteral(DecimalLiteral expression) {
    return literals.decimal(expression.value(), expression.span(), reporter);
  }

  @Override
  public RowExpression visitDoubleLiteral(DoubleLiteral expression) {
    return new Constant(expression.value(), DataType.DOUBLE);
  }

  @Override
  public RowExpression visitStringLiteral(StringLiteral expression) {
    return new Constant(expression.value(), DataType.STRING);
  }

  @Override
  public RowExpression visitTemporalLiteral(TemporalLiteral expression) {
    return literals.temporal(expression);
  }

  @Override
  public RowExpression visitDurationLiteral(DurationLiteral expression) {
    return new Constant(expression.millis(), DataType.INTERVAL);
  }

  @Override
  public RowExpression visitArrayExpression(ArrayExpression expression) {
    return values.array(expression);
  }

  @Override
  public RowExpression visitMapExpression(MapExpression expression) {
    return values.map(expression);
  }

  @Override
  public RowExpression visitStructExpression(StructExpression expression) {
    return values.struct(expression);
  }

  @Override
  public RowExpression visitNameExpression(NameExpression expression) {
    return names.resolve(List.of(expression.name()));
  }

  @Override
  public RowExpression visitFieldExpression(FieldExpression expression) {
    Deque<Identifier> path = new ArrayDeque<>();
    Expression base = expression;
    while (base instanceof FieldExpression field) {
      path.push(field.field());
      base = field.base();
    }
    if (base instanceof NameExpression name) {
      path.push(name.name());
      return names.resolve(List.copyOf(path));
    }
    Expression first = base;
    Optional<RowExpression> ofEvent =
        scope.pattern().flatMap(pattern -> pattern.event(first, path.getFirst()));
    RowExpression value = ofEvent.isPresent() ? ofEvent.get() : analyze(base);
    if (ofEvent.isPresent()) {
      path.pop();
    }
    for (Identifier field : path) {
      value = names.field(value, field);
    }
    return value;
  }

  @Override
  public RowExpression visitSubscriptExpression(SubscriptExpression expression) {
    return values.subscript(expression);
  }

  @Override
  public RowExpression visitLastElementExpression(LastElementExpression expression) {
    return values.lastElement(expression);
  }

  @Override
  public RowExpression visitLogicalExpression(LogicalExpression expression) {
    String place = expression.isAnd() ? "an operand of AND" : "an operand of OR";
    List<RowExpression> terms = new ArrayList<>(expression.terms().size());
    for (Expression term : expression.terms()) {
      terms.add(condition(term, place));
    }
    return anyFaulty(terms) ? Reporter.faulty() : new Logical(expression.isAnd(), terms);
  }

  @Override
  public RowExpression visitNotExpression(NotExpression expression) {
    return negated(condition(expression.operand(), "the operand of NOT"), true);
  }

  @Override
  public RowExpression visitComparisonExpression(ComparisonExpression expression) {
    return compare(
        expression.operator(),
        analyze(expression.left()),
        analyze(expression.right()),
        expression.span());
  }

  @Override
  public RowExpression visitBetweenExpression(BetweenExpression expression) {
    RowExpression value = analyze(expression.value());
    RowExpression low =
        compare(
            ComparisonOperator.GREATER_OR_EQUAL,
            value,
            analyze(expression.low()),
            expression.value().span().to(expression.low().span()));
    RowExpression high =
        compare(
            ComparisonOperator.LESS_OR_EQUAL,
            value,
            analyze(expression.high()),
            expression.value().span().to(expression.high().span()));
    return anyFaulty(List.of(low, high))
        ? Reporter.faulty()
        : negated(Logical.and(low, high), expression.isNegated());
  }

  @Override
  public RowExpression visitInListExpression(InListExpression expression) {
    List<RowExpression> all = new ArrayList<>();
    all.add(analyze(expression.value()));
    all.addAll(analyzeAll(expression.options()));
    if (anyFaulty(all)) {
      return Reporter.faulty();
    }
    Optional<List<RowExpression>> alike = context.operators().alike(all, expression.span());
    return alike
        .map(list -> new InList(list.get(0), list.subList(1, list.size())))
        .map(in -> negated(in, expression.isNegated()))
        .orElseGet(Reporter::faulty);
  }

  @Override
  public RowExpression visitInQueryExpression(InQueryExpression expression) {
    return reporter.unsupported(UnsupportedFeature.SUBQUERY_VALUE, expression.span());
  }

  @Override
  public RowExpression visitLikeExpression(LikeExpression expression) {
    List<Expression> arguments = new ArrayList<>(List.of(expression.value(), expression.pattern()));
    if (expression.escape() != null) {
      arguments.add(expression.escape());
    }
    return negated(
        functions.internal("$like", "LIKE", arguments, expression.span()), expression.isNegated());
  }

  @Override
  public RowExpression visitRegexpExpression(RegexpExpression expression) {
    List<Expression> arguments = List.of(expression.value(), expression.pattern());
    return negated(
        functions.internal("$rlike", "REGEXP", arguments, expression.span()),
        expression.isNegated());
  }

  @Override
  public RowExpression visitIsNullExpression(IsNullExpression expression) {
    RowExpression value = analyze(expression.value());
    return Reporter.isFaulty(value) ? value : negated(new IsNull(value), expression.isNegated());
  }

  @Override
  public RowExpression visitIsTruthExpression(IsTruthExpression expression) {
    return compare(
        expression.isNegated() ? ComparisonOperator.DISTINCT : ComparisonOperator.NOT_DISTINCT,
        condition(expression.value(), "the operand of IS"),
        expression.truth() ? Constant.TRUE : Constant.FALSE,
        expression.span());
  }

  @Override
  public RowExpression visitConcatenationExpression(ConcatenationExpression expression) {
    return values.concatenation(expression);
  }

  @Override
  public RowExpression visitArithmeticExpression(ArithmeticExpression expression) {
    return context
        .arithmetic()
        .compute(
            expression.operator(),
            analyze(expression.left()),
            analyze(expression.right()),
            expression.span());
  }

  @Override
  public RowExpression visitNegationExpression(NegationExpression expression) {
    return context.arithmetic().negate(analyze(expression.operand()), expression.span());
  }

  @Override
  public RowExpression visitAtTimeZoneExpression(AtTimeZoneExpression expression) {
    List<Expression> arguments = List.of(expression.value(), expression.zone());
    return functions.internal("$at_time_zone", "AT TIME ZONE", arguments, expression.span());
  }

  @Override
  public RowExpression visitCaseExpression(CaseExpression expression) {
    return values.branches(expression);
  }

  @Override
  public RowExpression visitCastExpression(CastExpression expression) {
    return values.cast(expression);
  }

  @Override
  public RowExpression visitExtractExpression(ExtractExpression expression) {
    Expression part = new StringLiteral(expression.part().name(), expression.part().span());
    return functions.internal(
        "$extract", "EXTRACT", List.of(part, expression.value()), expression.span());
  }

  @Override
  public RowExpression visitFloorToExpression(FloorToExpression expression) {
    Expression unit = new StringLiteral(expression.unit().name(), expression.unit().span());
    return functions.internal(
        "$floor_to", "FLOOR … TO", List.of(expression.value(), unit), expression.span());
  }

  @Override
  public RowExpression visitPositionExpression(PositionExpression expression) {
    List<Expression> arguments = List.of(expression.needle(), expression.text());
    return functions.internal("position", "POSITION", arguments, expression.span());
  }

  @Override
  public RowExpression visitCallExpression(CallExpression expression) {
    return calls.call(expression);
  }

  @Override
  public RowExpression visitLambdaFunction(LambdaFunction expression) {
    return reporter.error(
        "misplaced-lambda",
        expression.span(),
        "a lambda can only be an argument of a function such as transform or filter");
  }

  @Override
  public RowExpression visitSubqueryExpression(SubqueryExpression expression) {
    return reporter.unsupported(UnsupportedFeature.SUBQUERY_VALUE, expression.span());
  }

  @Override
  public RowExpression visitSemanticsExpression(SemanticsExpression expression) {
    return reporter.unsupported(UnsupportedFeature.MATCH_SEMANTICS, expression.span());
  }
}
