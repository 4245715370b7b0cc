package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Keeps the rows of a table by the key of the join, and sends for each event those that it meets.
 * An event that changes the table, too, meets what was there before.
 */
final class LookupJoinOperator extends JoinOperator {
  private final LookupJoinSpec spec;
  private final int streamSide;
  private final Column[] tableKey;
  private JoinRows table;

  LookupJoinOperator(LookupJoinSpec spec, KernelLoader loader) {
    super(spec, spec.answers().getAsInt(), loader);
    this.spec = spec;
    this.streamSide = spec.answers().getAsInt();
    this.tableKey = new Column[spec.tableKey().size()];
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    List<DataType> identity = spec.tableKey().stream().map(spec.table().input()::type).toList();
    table = new JoinRows("table", spec.table(), identity, context);
  }

  @Override
  void take(int input, Batch batch, int row, Timeline merged, Output output) {
    if (input == streamSide) {
      out().lateBy(batch.lateness(), output);
      meet(batch, row, output);
    } else {
      change(batch, row);
    }
  }

  private void change(Batch batch, int row) {
    for (int i = 0; i < tableKey.length; i++) {
      tableKey[i] = batch.column(spec.tableKey().get(i));
    }
    int known = table.find(tableKey, row);
    if (known != JoinRows.NONE) {
      table.remove(known);
    }
    if (batch.kind(row) != RowKind.DELETE) {
      table.add(batch, row, tableKey, row, Timeline.NEVER);
    }
  }

  private void meet(Batch batch, int row, Output output) {
    long rowtime = batch.rowtimes()[row];
    boolean isMatched = false;
    if (JoinRows.hasKey(spec.stream(), batch, row)) {
      int candidate = table.first(keys(streamSide, batch), row);
      while (candidate != JoinRows.NONE) {
        isMatched |= out().join(streamSide, batch, row, table, candidate, rowtime, output);
        candidate = table.next(candidate);
      }
    }
    if (!isMatched && spec.stream().isOuter()) {
      out().sendAlone(streamSide, batch, row, rowtime, RowKind.INSERT, output);
    }
  }
}
