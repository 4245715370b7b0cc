package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Aggregates over groups, in a window or over everything since the start. The result has the keys,
 * then the aggregates, then, if the window has bounds, WINDOW_START and WINDOW_END (TIMESTAMP),
 * and, if it is revised, PANE (STRING) and REVISION (BIGINT), with retractions ROW_KIND (STRING).
 * {@code carried} are non-aggregated columns beside an aggregate, which take their values from the
 * newest event (sliding windows only); they come behind the aggregates.
 */
public record AggregateNode(
    PlanNode input,
    WindowSpec window,
    List<NamedExpression> partitionKeys,
    List<NamedExpression> groupKeys,
    List<AggregateCall> aggregates,
    List<NamedExpression> carried,
    Emission emission,
    Schema schema)
    implements PlanNode {

  public AggregateNode {
    partitionKeys = List.copyOf(partitionKeys);
    groupKeys = List.copyOf(groupKeys);
    aggregates = List.copyOf(aggregates);
    carried = List.copyOf(carried);
  }

  /** Whether it is of what a table holds, whose changes come in. */
  public boolean isOfTable() {
    return input.isChangelog() && emission != Emission.ANSWER;
  }

  /** Whether rows come in that take others back. */
  public boolean isOfRetractions() {
    return Retractions.in(input);
  }

  /** Whether its rows are of any kind and take others back; then the last column says which. */
  public boolean retracts() {
    return emission == Emission.REVISIONS
        && window instanceof WindowSpec.Revised revised
        && revised.revisions().withRetractions();
  }

  /**
   * Whether it aggregates nothing, and sends rows of its input as they enter or leave its window.
   */
  boolean passesRows() {
    boolean sendsLeaving =
        emission == Emission.CHANGES
            || emission == Emission.EXPIRY
            || emission == Emission.CONTENTS
            || emission == Emission.RETRACTED_CONTENTS;
    return aggregates.isEmpty()
        && groupKeys.isEmpty()
        && !isChangelog()
        && (sendsLeaving || !window.takesEveryRow());
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new AggregateNode(
        inputs.get(0), window, partitionKeys, groupKeys, aggregates, carried, emission, schema);
  }

  AggregateNode withWindow(WindowSpec other) {
    return new AggregateNode(
        input, other, partitionKeys, groupKeys, aggregates, carried, emission, schema);
  }

  @Override
  public boolean isChangelog() {
    return emission == Emission.CHANGELOG || emission == Emission.FINAL_CHANGELOG;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitAggregate(this);
  }
}
