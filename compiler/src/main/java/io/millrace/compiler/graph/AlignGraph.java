package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.IsNull;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.operators.align.AlignSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators that align the inputs of a query: each takes the rows of one input, and the marks
 * of all others. What is a mark is computed once for all of them.
 *
 * <pre>
 * A ── Project …, MARK ─┬──────────────── Align A ──
 *                       └─ marks ──┐ ┌───────┘
 *                       ┌─ marks ──┼─┘
 * B ── Project …, MARK ─┴──────────┴───── Align B ──
 * </pre>
 */
final class AlignGraph {
  private static final String MARK = "MARK";
  private final QueryGraph query;
  private final SortLimit limit;
  private final AlignedInputs inputs;
  private final Map<String, Marked> built = new HashMap<>();

  /**
   * An input.
   *
   * @param rows the node of its rows, with a column more: the number of a mark
   * @param marks the node of its marks
   */
  private record Marked(int rows, int marks) {}

  AlignGraph(QueryGraph query, PlanNode root, SortLimit limit) {
    this.query = query;
    this.limit = limit;
    this.inputs = new AlignedInputs(root);
  }

  int build(AlignNode node) {
    int rows = -1;
    for (AlignNode due : inputs.due(node)) {
      int marked = rows(due);
      if (built.containsKey(due.stream())) {
        rows = marked;
      } else {
        built.put(due.stream(), new Marked(marked, marks(due, marked)));
      }
    }
    List<Integer> from = new ArrayList<>();
    List<String> streams = new ArrayList<>();
    from.add(rows < 0 ? marked(node.stream()).rows() : rows);
    streams.add(node.stream());
    for (String other : node.others()) {
      from.add(marked(other).marks());
      streams.add(other);
    }
    return query.statefulStep(
        new AlignSpec(node.schema(), streams, node.marks().isCounted(), limit), from);
  }

  private Marked marked(String stream) {
    Marked found = built.get(stream);
    if (found == null) {
      throw new IllegalStateException("'" + stream + "' is not among the inputs");
    }
    return found;
  }

  private int rows(AlignNode node) {
    List<NamedExpression> columns = new ArrayList<>(QueryGraph.columns(node.schema()));
    columns.add(new NamedExpression(MARK, node.marks().number()));
    List<Field> fields = new ArrayList<>(node.schema().fields());
    fields.add(new Field(MARK, DataType.BIGINT));
    return query.project(query.build(node.input()), null, columns, new Schema(fields), false);
  }

  private int marks(AlignNode node, int rows) {
    RowExpression mark = new ColumnReference(node.schema().size(), DataType.BIGINT, MARK);
    return query.project(
        rows,
        new Not(new IsNull(mark)),
        List.of(new NamedExpression(MARK, mark)),
        Schema.of(new Field(MARK, DataType.BIGINT)),
        false);
  }
}
