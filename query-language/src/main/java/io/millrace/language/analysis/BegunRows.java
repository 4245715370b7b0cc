package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.ast.Select;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes SELECT DISTINCT of what aggregates and EXPLODE give in a window that sends a row with each
 * that enters or leaves: a row of values is sent once while groups, or rows, of the window have it.
 */
final class BegunRows {
  private BegunRows() {}

  /** The clause of the rows that enter and leave. */
  static EmitClause contents(Select select) {
    return new EmitClause(new EmitMode.Changes(false), false, select.span());
  }

  /** Which changes send rows. */
  static BegunRowsNode.Cause cause(@Nullable EmitClause emit) {
    if (emit != null && emit.mode() instanceof EmitMode.Changes) {
      return BegunRowsNode.Cause.ANY;
    }
    return emit != null && emit.mode() instanceof EmitMode.OnExpiry
        ? BegunRowsNode.Cause.LEAVING
        : BegunRowsNode.Cause.ENTERING;
  }

  /**
   * What is sent of groups.
   *
   * @param changes of the groups of a sliding window
   * @param visible how many columns in front are compared
   * @param partition the columns of PARTITION BY
   */
  static PlanNode ofGroups(
      PlanNode changes, int visible, List<Integer> partition, BegunRowsNode.Cause cause) {
    KeyedChanges keyed = KeyedChanges.of(changes);
    return new BegunRowsNode(eachChange(keyed.plan()), visible, keyed.keys(), partition, cause);
  }

  /** What is sent of rows that enter ({@code +I}) and leave ({@code -D}) by themselves. */
  static PlanNode ofRows(PlanNode contents, int visible, List<Integer> partition) {
    return new BegunRowsNode(contents, visible, List.of(), partition, BegunRowsNode.Cause.ANY);
  }

  /** The changes of groups, each by itself, with what has brought it about as the last column. */
  static PlanNode eachChange(PlanNode changes) {
    if (changes instanceof AggregateNode groups) {
      return groups.withCauses();
    }
    if (changes instanceof FilterNode filter) {
      return new FilterNode(eachChange(filter.input()), filter.predicate());
    }
    if (changes instanceof ProjectNode project) {
      PlanNode input = eachChange(project.input());
      List<NamedExpression> columns = new ArrayList<>(project.expressions());
      columns.add(column(input.schema(), input.schema().size() - 1));
      return new ProjectNode(input, columns);
    }
    if (changes instanceof ExplodeNode exploded) {
      return eachChange(exploded);
    }
    throw new IllegalArgumentException("no changes of groups: " + changes);
  }

  /** The elements come behind the cause, and go before it again. */
  private static PlanNode eachChange(ExplodeNode exploded) {
    PlanNode input = eachChange(exploded.input());
    int given = exploded.input().schema().size();
    List<Field> fields = new ArrayList<>(exploded.schema().fields());
    fields.add(given, input.schema().field(given));
    Schema there = new Schema(fields);
    PlanNode rows = new ExplodeNode(input, exploded.arrays(), exploded.isNumbered(), there);
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < there.size(); i++) {
      if (i != given) {
        columns.add(column(there, i));
      }
    }
    columns.add(column(there, given));
    return new ProjectNode(rows, columns);
  }

  private static NamedExpression column(Schema schema, int index) {
    String name = schema.name(index);
    return new NamedExpression(name, new ColumnReference(index, schema.type(index), name));
  }
}
