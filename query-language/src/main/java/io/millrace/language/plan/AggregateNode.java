package io.millrace.language.plan;

import io.millrace.language.expression.ArrayConstructor;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
  private static final String CAUSE = "is_of_entering";

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

  /**
   * Which of the keys of windows says for which set of keys a row comes, where each row comes once
   * for each of several; -1 if none does.
   */
  public int setKey() {
    PlanNode rows = input;
    while (rows instanceof LateIntoNode || rows instanceof FilterNode) {
      rows = rows.inputs().get(0);
    }
    if (!(rows instanceof ExplodeNode copies)
        || copies.arrays().size() != 1
        || !isConstant(copies.arrays().get(0).expression())) {
      return -1;
    }
    int element = copies.input().schema().size();
    return IntStream.range(0, partitionKeys.size())
        .filter(
            key ->
                partitionKeys.get(key).expression() instanceof ColumnReference column
                    && column.index() == element
                    && column.type() == DataType.INT)
        .findFirst()
        .orElse(-1);
  }

  private static boolean isConstant(RowExpression expression) {
    return expression instanceof Constant
        || (expression instanceof ArrayConstructor array
            && array.operands().stream().allMatch(Constant.class::isInstance));
  }

  /** The changes of a sliding window, each by itself, with their causes as a further column. */
  public AggregateNode withCauses() {
    List<Field> fields = new ArrayList<>(schema.fields());
    fields.add(new Field(CAUSE, DataType.BOOLEAN));
    return new AggregateNode(
        input,
        window,
        partitionKeys,
        groupKeys,
        aggregates,
        carried,
        Emission.MARKED_CHANGELOG,
        new Schema(fields));
  }

  AggregateNode withWindow(WindowSpec other) {
    return new AggregateNode(
        input, other, partitionKeys, groupKeys, aggregates, carried, emission, schema);
  }

  @Override
  public boolean isChangelog() {
    return emission == Emission.CHANGELOG
        || emission == Emission.FINAL_CHANGELOG
        || emission == Emission.MARKED_CHANGELOG;
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitAggregate(this);
  }
}
