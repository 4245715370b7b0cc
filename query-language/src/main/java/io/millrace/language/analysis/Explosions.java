package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** The arrays of EXPLODE in one select list; they become columns behind those of the input. */
final class Explosions {
  private final int inputWidth;
  private final List<NamedExpression> arrays = new ArrayList<>();
  private Span span = Span.NONE;

  Explosions(int inputWidth) {
    this.inputWidth = inputWidth;
  }

  boolean isEmpty() {
    return arrays.isEmpty();
  }

  /** The element of the array in the rows that the explosion gives. */
  RowExpression add(RowExpression array, DataType element, Span place) {
    span = place;
    String name = "element_" + (arrays.size() + 1);
    arrays.add(new NamedExpression(name, array));
    return new ColumnReference(inputWidth + arrays.size() - 1, element, name);
  }

  /** Where the last of them stands. */
  Span span() {
    return span;
  }

  PlanNode over(PlanNode input) {
    return explode(input, arrays);
  }

  /** The node that gives the columns of the input, then an element of each array. */
  static PlanNode explode(PlanNode input, List<NamedExpression> arrays) {
    List<Field> fields = new ArrayList<>(input.schema().fields());
    for (NamedExpression array : arrays) {
      DataType.Array type = (DataType.Array) array.expression().type();
      fields.add(new Field(array.name(), type.element()));
    }
    return new ExplodeNode(input, arrays, new Schema(fields));
  }
}
