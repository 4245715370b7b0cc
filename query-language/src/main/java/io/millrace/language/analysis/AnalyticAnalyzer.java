package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.CallModifiers;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FrameClause;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NullTreatment;
import io.millrace.language.ast.OverClause;
import io.millrace.language.ast.SortItem;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.expression.Subscript;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.FrameUnit;
import io.millrace.language.plan.Ranking;
import io.millrace.language.plan.UserAggregate;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types calls with OVER. All but the rankings are aggregates of a frame: {@code lag(x, n)} is the
 * first of the one row that is n rows before.
 */
final class AnalyticAnalyzer {
  /** Where what stands inside a call stands, as messages name it. */
  static final String PLACE = "an analytic function";

  private static final String CODE = "bad-call";

  private static final Map<String, Ranking> RANKINGS =
      Map.of(
          Ranking.ROW_NUMBER.sqlName(),
          Ranking.ROW_NUMBER,
          Ranking.RANK.sqlName(),
          Ranking.RANK,
          Ranking.DENSE_RANK.sqlName(),
          Ranking.DENSE_RANK);

  /** Functions that are an aggregate under another name, with the number of their arguments. */
  private static final Map<String, AggregateFunction> VALUES =
      Map.of(
          "first_value",
          AggregateFunction.FIRST,
          "last_value",
          AggregateFunction.LAST,
          "nth_value",
          AggregateFunction.NTH);

  private static final String LAG = "lag";
  private static final String LEAD = "lead";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final Scope scope;
  private final Clause clause;
  private final ExpressionAnalyzer outside;
  private final ValueAnalyzer values;

  /**
   * @param outside of the clause in which the functions stand
   */
  AnalyticAnalyzer(
      AnalysisContext context,
      Scope scope,
      Clause clause,
      ExpressionAnalyzer outside,
      ValueAnalyzer values) {
    this.context = context;
    this.reporter = context.reporter();
    this.scope = scope;
    this.clause = clause;
    this.outside = outside;
    this.values = values;
  }

  /** The names that stand with OVER only. */
  static Set<String> names() {
    return Set.of(
        "row_number", "rank", "dense_rank", LAG, LEAD, "first_value", "last_value", "nth_value");
  }

  RowExpression withoutOver(CallExpression call, String name) {
    return reporter.error(
        CODE,
        call.span(),
        "'" + name + "' needs OVER: it looks at the rows around its own",
        "write " + name + "(…) OVER (PARTITION BY … ORDER BY ROWTIME)");
  }

  RowExpression call(CallExpression call, String name, OverClause over) {
    Analytics analytics = clause.analytics();
    if (analytics == null) {
      return misplaced(call);
    }
    analytics.note(call.span());
    if (!names().contains(name) && !context.isAggregate(name)) {
      return reporter.error(
          CODE, call.span(), "'" + name + "' is no aggregate and no analytic function: no OVER");
    }
    ExpressionAnalyzer inside = new ExpressionAnalyzer(context, scope, ofGroups());
    List<RowExpression> partition = inside.analyzeAll(over.partitionBy());
    RankOrder order = order(over, inside);
    if (order == null || ExpressionAnalyzer.anyFaulty(partition)) {
      return Reporter.faulty();
    }
    RankOrder other = isByTime(order) ? null : order;
    FrameClause written = over.frame();
    Optional<Frame> frame =
        written == null
            ? Optional.of(usualFrame(other))
            : new FrameAnalyzer(reporter, inside, other).analyze(written);
    Ranking ranking = RANKINGS.get(name);
    boolean isLagOrLead = name.equals(LAG) || name.equals(LEAD);
    if (written != null && (ranking != null || isLagOrLead)) {
      return reporter.error(CODE, written.span(), "'" + name + "' takes no frame");
    }
    if (frame.isEmpty()) {
      return Reporter.faulty();
    }
    if (order.items().isEmpty() && (ranking != null || isLagOrLead)) {
      return reporter.error(
          CODE,
          call.span(),
          "'" + name + "' needs an ORDER BY in its OVER, which says which row comes first");
    }
    if (other == null && frame.get().hasNoEnd() && written != null) {
      analytics.noteEndless(written.span());
    }
    List<RowExpression> keys = partition.stream().distinct().toList();
    if (ranking != null) {
      return isPlain(call) && call.arguments().isEmpty()
          ? analytics.add(keys, other, ranking)
          : reporter.error(CODE, call.span(), "'" + name + "' takes nothing in its parentheses");
    }
    return isLagOrLead
        ? shifted(call, name, new Seen(analytics, keys, other))
        : framed(call, name, new Seen(analytics, keys, other), frame.get());
  }

  /** Where what stands inside a call stands: it sees the groups, where there are any. */
  private Clause ofGroups() {
    Grouping groups = clause.grouping();
    return groups == null ? Clause.plain(PLACE) : Clause.plain(PLACE).withGrouping(groups);
  }

  private static Frame usualFrame(@Nullable RankOrder order) {
    return order == null
        ? Frame.USUAL
        : order.items().isEmpty() ? Frame.WHOLE_PARTITION : Frame.UP_TO_PEERS;
  }

  /**
   * How rows are looked at.
   *
   * @param order null if it is that of ROWTIME
   */
  private record Seen(Analytics analytics, List<RowExpression> keys, @Nullable RankOrder order) {
    RowExpression add(Frame frame, AggregateCall call) {
      return analytics.add(keys, order, frame, call);
    }
  }

  private RowExpression misplaced(CallExpression call) {
    return reporter.error(
        "misplaced-over",
        call.span(),
        PLACE + " cannot stand in " + clause.name(),
        clause.name().equals("WHERE")
            ? Optional.of("compute it in the select list, and filter its result with QUALIFY")
            : Optional.empty());
  }

  /** The order of the rows; null after a report. */
  private @Nullable RankOrder order(OverClause over, ExpressionAnalyzer inside) {
    List<RankOrder.Item> items = new ArrayList<>();
    for (SortItem item : over.orderBy()) {
      RowExpression value = inside.analyze(item.expression());
      if (item.expression() instanceof IntegerLiteral) {
        reporter.error(
            "bad-order",
            item.expression().span(),
            "ORDER BY takes expressions, not positions",
            "name the column");
        return null;
      }
      if (Reporter.isFaulty(value)) {
        return null;
      }
      if (!OperatorAnalyzer.hasOrder(value.type())) {
        reporter.error(
            "type-mismatch",
            item.expression().span(),
            "values of type " + value.type().sql() + " have no order");
        return null;
      }
      items.add(new RankOrder.Item(value, item.isDescending(), OrderAnalyzer.nullsFirst(item)));
    }
    return new RankOrder(items);
  }

  /** Whether the order is that of the rows' times. */
  private static boolean isByTime(RankOrder order) {
    return order.items().size() == 1
        && !order.items().get(0).isDescending()
        && order.items().get(0).expression() instanceof RowtimeReference;
  }

  private static boolean isPlain(CallExpression call) {
    CallModifiers modifiers = call.modifiers();
    return !modifiers.isStar()
        && !modifiers.isDistinct()
        && modifiers.orderBy().isEmpty()
        && modifiers.filter() == null
        && modifiers.nullTreatment() == NullTreatment.UNSTATED;
  }

  private RowExpression framed(CallExpression call, String name, Seen seen, Frame frame) {
    AggregateFunction value = VALUES.get(name);
    int wanted = value == AggregateFunction.NTH ? 2 : 1;
    if (value != null && (call.arguments().size() != wanted || call.modifiers().isStar())) {
      return reporter.error(
          CODE,
          call.span(),
          "'" + name + "' takes " + (wanted == 1 ? "one value" : "a value and a number"));
    }
    AggregateCall aggregate =
        aggregate(
            call,
            value == null ? name : value.sqlName(),
            seen.order() == null && frame.isUnbounded());
    if (aggregate == null) {
      return Reporter.faulty();
    }
    if (aggregate.function() instanceof UserAggregate && !frame.endsWithRow()) {
      return reporter.error(
          CODE,
          call.span(),
          "'" + name + "' takes a frame that ends with CURRENT ROW and counts rows",
          "where it fails, it is too late to refuse a row that came before");
    }
    boolean forgetsNothing = aggregate.function().isLasting();
    return seen.add(
        forgetsNothing ? new Frame(frame.unit(), Frame.UNBOUNDED, frame.end()) : frame, aggregate);
  }

  /** The aggregate that the call is without OVER; null after a report. */
  private @Nullable AggregateCall aggregate(CallExpression call, String name, boolean isUnbounded) {
    WindowSpec like =
        isUnbounded ? new WindowSpec.Unbounded() : new WindowSpec.Length(Integer.MAX_VALUE);
    Grouping grouping = new Grouping(like, GroupingSets.none(), scope.isOpen());
    Clause inside = Clause.plain(PLACE).withGrouping(grouping);
    new AggregateAnalyzer(context, scope, inside, ofGroups()).call(call, name);
    return grouping.isEmpty() ? null : grouping.calls().get(0);
  }

  /** LAG and LEAD. */
  private RowExpression shifted(CallExpression call, String name, Seen seen) {
    List<Expression> arguments = call.arguments();
    CallModifiers modifiers = call.modifiers();
    CallExpression value =
        new CallExpression(
            call.name(),
            arguments.isEmpty() ? List.of() : arguments.subList(0, 1),
            CallModifiers.NONE.withNullTreatment(modifiers.nullTreatment()),
            call.span());
    if (arguments.isEmpty()
        || arguments.size() > 3
        || !isPlain(
            new CallExpression(call.name(), arguments, withoutNulls(modifiers), call.span()))) {
      return reporter.error(
          CODE,
          call.span(),
          "'" + name + "' takes a value, how many rows away it is, and a default");
    }
    AggregateCall first = aggregate(value, AggregateFunction.FIRST.sqlName(), false);
    int distance = arguments.size() < 2 ? 1 : distance(arguments.get(1), name);
    if (first == null || distance < 0) {
      return Reporter.faulty();
    }
    boolean isLead = name.equals(LEAD);
    Frame frame = Frame.ofOneRow(isLead ? distance : -distance);
    RowExpression shifted =
        first.ignoresNulls() ? withValue(first, distance, isLead, seen) : seen.add(frame, first);
    if (arguments.size() < 3) {
      return shifted;
    }
    Optional<List<RowExpression>> both =
        values.alternatives(List.of(shifted, outside.analyze(arguments.get(2))), call.span());
    if (both.isEmpty()) {
      return Reporter.faulty();
    }
    return first.ignoresNulls()
        ? new Coalesce(both.get())
        : new Case(
            List.of(new Case.When(isEmpty(seen, frame), both.get().get(1))), both.get().get(0));
  }

  private static RowExpression isEmpty(Seen seen, Frame frame) {
    AggregateCall rows =
        new AggregateCall(
            "", AggregateFunction.COUNT, List.of(), false, false, null, DataType.BIGINT);
    return new Comparison(
        ComparisonOperator.EQUAL, seen.add(frame, rows), new Constant(0L, DataType.BIGINT));
  }

  private static CallModifiers withoutNulls(CallModifiers modifiers) {
    return modifiers.withNullTreatment(NullTreatment.UNSTATED);
  }

  /**
   * The last but so many of the values before the row, or behind it, that are not NULL. In the
   * order of ROWTIME a row waits for those behind it; in another one they are there or not.
   */
  private static RowExpression withValue(
      AggregateCall value, int distance, boolean isBehind, Seen seen) {
    if (distance == 0) {
      return seen.add(Frame.ofOneRow(0), value);
    }
    Constant count = new Constant((long) distance, DataType.INT);
    if (isBehind && seen.order() == null) {
      AggregateCall nth =
          new AggregateCall(
              "",
              AggregateFunction.NTH,
              value.arguments(),
              List.of(count),
              false,
              true,
              null,
              value.type());
      return seen.add(Frame.upToValue(distance), nth);
    }
    AggregateCall values =
        new AggregateCall(
            "",
            isBehind ? AggregateFunction.FIRST_N : AggregateFunction.LAST_N,
            value.arguments(),
            List.of(count),
            false,
            true,
            null,
            DataType.array(value.type()));
    Frame frame =
        isBehind
            ? new Frame(FrameUnit.ROWS, 1, Frame.UNBOUNDED_END)
            : new Frame(FrameUnit.ROWS, Frame.UNBOUNDED, -1);
    return new Subscript(
        seen.add(frame, values),
        new Constant(isBehind ? distance : -(long) distance, DataType.BIGINT),
        value.type());
  }

  /** How many rows away; negative after a report. */
  private int distance(Expression written, String name) {
    RowExpression distance = outside.analyze(written);
    if (distance instanceof Constant constant
        && constant.value() instanceof Long rows
        && Coercion.isInteger(constant.type())
        && rows >= 0
        && rows <= Integer.MAX_VALUE) {
      return rows.intValue();
    }
    if (!Reporter.isFaulty(distance)) {
      reporter.error(
          CODE,
          written.span(),
          "argument 2 of '" + name + "' must be how many rows away, an integer, not negative");
    }
    return -1;
  }
}
