package io.millrace.language.plan;

import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * For each row a row per element of the arrays, side by side, the shorter filled with NULL; none
 * where all are NULL or empty. The result has the columns of the input, then one for each array.
 *
 * <p>Of changes by key the number of an element is part of the key. Without numbers the arrays are
 * the same for all rows of a key, and their elements differ: then the elements are.
 *
 * @param isNumbered whether behind the elements stands their number, from 1 on, a BIGINT
 * @param endsRows whether behind the elements of each row, also where it has none, comes the row
 *     itself: with NULL for each element, and the number 0
 */
public record ExplodeNode(
    PlanNode input,
    List<NamedExpression> arrays,
    boolean isNumbered,
    boolean endsRows,
    Schema schema)
    implements PlanNode {

  public ExplodeNode {
    arrays = List.copyOf(arrays);
  }

  /** Of elements alone. */
  public ExplodeNode(
      PlanNode input, List<NamedExpression> arrays, boolean isNumbered, Schema schema) {
    this(input, arrays, isNumbered, false, schema);
  }

  /** The same with the row itself behind its elements, which have numbers. */
  public ExplodeNode endingRows() {
    return new ExplodeNode(input, arrays, isNumbered, true, schema);
  }

  /** Whether the elements of a row change with it, so that it must be known how many it had. */
  public boolean keepsNumbers() {
    return isNumbered && input.isChangelog();
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new ExplodeNode(inputs.get(0), arrays, isNumbered, endsRows, schema);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitExplode(this);
  }
}
