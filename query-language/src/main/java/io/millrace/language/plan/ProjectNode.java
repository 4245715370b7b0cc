package io.millrace.language.plan;

import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/** Computes the columns of the result from each row. Times, positions and kinds stay. */
public record ProjectNode(PlanNode input, List<NamedExpression> expressions) implements PlanNode {

  public ProjectNode {
    expressions = List.copyOf(expressions);
  }

  /** The first columns of rows, as they are; the rows themselves if they have no others. */
  public static PlanNode first(PlanNode rows, int count) {
    return rows.schema().size() == count
        ? rows
        : new ProjectNode(rows, NamedExpression.columnsFrom(rows.schema(), 0).subList(0, count));
  }

  @Override
  public Schema schema() {
    return new Schema(
        expressions.stream().map(e -> new Field(e.name(), e.expression().type())).toList());
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public PlanNode withInputs(List<PlanNode> inputs) {
    return new ProjectNode(inputs.get(0), expressions);
  }

  @Override
  public boolean isChangelog() {
    return input.isChangelog();
  }

  @Override
  public <R> R accept(PlanVisitor<R> visitor) {
    return visitor.visitProject(this);
  }
}
