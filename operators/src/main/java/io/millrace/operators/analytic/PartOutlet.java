package io.millrace.operators.analytic;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;

/** Gives what a part has for a row to what is held of the row. */
final class PartOutlet implements Outlet {
  private final LogColumns columns;
  private final Partitions partitions;
  private final HeldRows held;
  private final int first;
  private final Column[] given;
  private final PartResults results;

  /**
   * @param first the column of the output in which the first of what it gives is
   */
  PartOutlet(AnalyticSpec spec, Part part, HeldRows held, int first) {
    this.columns = part.columns();
    this.partitions = part.partitions();
    this.held = held;
    this.first = first;
    given = new Column[spec.output().size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = Column.of(spec.output().type(i).layout(), 1);
    }
    results = new PartResults(spec, columns, partitions, given);
  }

  @Override
  public void keepResults(int slot, int row) {
    results.keep(slot, row);
  }

  @Override
  public void sendFor(Batch batch, int row, int slot, int number, long rowtime, Output output) {
    give(slot, number, rowtime);
  }

  @Override
  public void sendAt(
      long moment, long order, int code, int slot, int number, long rowtime, Output output) {
    give(slot, number, rowtime);
  }

  private void give(int slot, int number, long time) {
    RowLog log = partitions.log();
    long ordinal = partitions.next(slot, number);
    int row = columns.held(log.columns(number, ordinal), log.index(number, ordinal));
    for (Column column : given) {
      column.clearNulls();
    }
    results.writeNext(slot, number, 0);
    partitions.sent(slot);
    held.give(row, given, first, time);
  }
}
