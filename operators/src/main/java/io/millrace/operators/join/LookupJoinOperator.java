package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * Keeps the rows of a table by the key of the join, and sends for each event those that it meets.
 * An event that changes the table, too, meets what was there before.
 */
final class LookupJoinOperator implements Operator {
  private final LookupJoinSpec spec;
  private final KernelLoader loader;
  private final int streamSide;
  private final Column[] keys;
  private final Column[] tableKey;
  private JoinRows table;
  private TurnOfTwo turn;
  private JoinedRows out;

  LookupJoinOperator(LookupJoinSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.streamSide = 1 - spec.tableSide();
    this.keys = new Column[spec.left().keys().size()];
    this.tableKey = new Column[spec.tableKey().size()];
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> identity = spec.tableKey().stream().map(spec.table().input()::type).toList();
    table = new JoinRows("table", spec.table(), identity, context);
    turn = new TurnOfTwo(spec.left(), spec.right(), streamSide, context.outputTimeline());
    out =
        new JoinedRows(spec.output(), spec.left(), spec.right(), spec.condition(), loader, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    turn.add(input, batch);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        for (int input = turn.next(); input >= 0; input = turn.next()) {
          int row = turn.take(input);
          Batch batch = turn.batch(input, row);
          if (input == streamSide) {
            out.lateBy(batch.lateness(), output);
            meet(batch, row, output);
          } else {
            change(batch, row);
          }
        }
      } finally { // what goes before a failure goes in this turn
        out.flush(output);
        turn.clear();
      }
    }
    return false;
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
    boolean isMatched = false;
    if (JoinRows.hasKey(spec.stream(), batch, row)) {
      JoinedRows.keys(spec.stream(), batch, keys);
      int candidate = table.first(keys, row);
      while (candidate != JoinRows.NONE) {
        begin(batch, row, output);
        out.fill(spec.tableSide(), table, candidate);
        if (out.isMeant(output)) {
          isMatched = true;
        } else {
          out.drop();
        }
        candidate = table.next(candidate);
      }
    }
    if (!isMatched && spec.stream().isOuter()) {
      begin(batch, row, output);
      out.fillWithNulls(spec.tableSide());
    }
  }

  private void begin(Batch batch, int row, Output output) {
    out.flushFull(output);
    out.begin(batch, row, batch.rowtimes()[row], RowKind.INSERT);
    out.fill(streamSide, batch, row);
  }
}
