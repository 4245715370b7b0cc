package io.millrace.operators.table;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Passes some of the changes of a table on.
 *
 * @param output the columns of the table
 */
public record PickedChangesSpec(Schema output, Pick pick) implements OperatorSpec {
  /** Which of them, and as what. */
  public enum Pick {
    /**
     * All but the rows that are replaced, which a table sends for those who look at it from
     * outside: a query knows by the key what a change replaces.
     */
    CURRENT("Current rows"),
    /**
     * A row for each that comes or replaces another, of kind {@code +I}, and nothing of those that
     * go.
     */
    EVENTS("Events of changes");

    private final String description;

    Pick(String description) {
      this.description = description;
    }

    boolean takes(RowKind kind) {
      return kind != RowKind.UPDATE_BEFORE && (this == CURRENT || kind != RowKind.DELETE);
    }
  }

  @Override
  public String describe() {
    return pick.description;
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new PickedChangesOperator(this);
  }
}
