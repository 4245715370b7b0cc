package io.millrace.language.rewrite;

import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.UserAggregate;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Filters rows before they are aggregated where the condition speaks of the keys alone, so that no
 * group is kept that nobody sees.
 *
 * <pre>
 * Filter [k = 1 AND n &gt; 2]             =>  Filter [n &gt; 2]
 *   Aggregate group by [k] [count(*) AS n]      Aggregate group by [k] [count(*) AS n]
 *     Scan [T]                                    Filter [k = 1]
 *                                                   Scan [T]
 * </pre>
 *
 * <p>Not where anything may fail (an error of a row of another group would go unreported; a sum of
 * integers or decimals may overflow), and in a window of the last n rows only for its partition
 * keys: other keys do not decide what is in the window. Nor where there are snapshots at ticks, of
 * which the last one is behind the last row of all, or where late rows go into a stream, which
 * HAVING does not concern.
 */
final class PushFilterBelowAggregate implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    if (!(node instanceof FilterNode filter)
        || !(filter.input() instanceof AggregateNode aggregate)
        || aggregate.input() instanceof LateIntoNode
        || filter.predicate().canFail()
        || aggregateCanFail(aggregate)) {
      return Optional.empty();
    }
    List<NamedExpression> keys = pushableKeys(aggregate);
    List<RowExpression> pushed = new ArrayList<>();
    List<RowExpression> kept = new ArrayList<>();
    for (RowExpression term : conjuncts(filter.predicate())) {
      boolean ofKeys = Columns.of(term).length() <= keys.size() && readsColumns(term);
      (ofKeys && term.isDeterministic() ? pushed : kept).add(term);
    }
    if (pushed.isEmpty()) {
      return Optional.empty();
    }
    PlanNode below =
        aggregate.withInputs(
            List.of(
                new FilterNode(aggregate.input(), Columns.substitute(conjunction(pushed), keys))));
    return Optional.of(kept.isEmpty() ? below : new FilterNode(below, conjunction(kept)));
  }

  /** The keys in front that decide, with their row alone, whether a result has a row in it. */
  private static List<NamedExpression> pushableKeys(AggregateNode aggregate) {
    if (aggregate.window().hasTicks()) {
      return List.of();
    }
    List<NamedExpression> keys = new ArrayList<>(aggregate.partitionKeys());
    if (aggregate.window().keepsGroupsApart()) {
      keys.addAll(aggregate.groupKeys());
    }
    return keys;
  }

  /** A condition without columns, or of the result's time, is no condition of a key. */
  private static boolean readsColumns(RowExpression term) {
    return !Columns.of(term).isEmpty() && !RowtimeSearch.finds(term);
  }

  private static boolean aggregateCanFail(AggregateNode aggregate) {
    List<NamedExpression> expressions = new ArrayList<>(aggregate.partitionKeys());
    expressions.addAll(aggregate.groupKeys());
    for (NamedExpression key : expressions) {
      if (!key.expression().isDeterministic()) {
        return true;
      }
    }
    expressions.addAll(aggregate.carried());
    return expressions.stream().anyMatch(e -> e.expression().canFail())
        || aggregate.window().expressions().stream().anyMatch(RowExpression::canFail)
        || aggregate.aggregates().stream().anyMatch(PushFilterBelowAggregate::canFail);
  }

  private static boolean canFail(AggregateCall call) {
    boolean overflows =
        (call.function() == AggregateFunction.SUM || call.function() == AggregateFunction.AVG)
            && call.arguments().get(0).type() != DataType.DOUBLE;
    RowExpression filter = call.filter();
    return overflows
        || call.function() instanceof UserAggregate
        || call.arguments().stream().anyMatch(RowExpression::canFail)
        || (filter != null && filter.canFail());
  }

  private static List<RowExpression> conjuncts(RowExpression predicate) {
    return predicate instanceof Logical logical && logical.isAnd()
        ? logical.terms()
        : List.of(predicate);
  }

  private static RowExpression conjunction(List<RowExpression> terms) {
    return terms.size() == 1 ? terms.get(0) : new Logical(true, terms);
  }
}
