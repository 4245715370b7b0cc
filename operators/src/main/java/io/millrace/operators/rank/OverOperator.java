package io.millrace.operators.rank;

import io.millrace.operators.expiry.Expiry;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Keeps all rows, each with what the parts give for it. A change takes the row of its key out of
 * its partitions and puts the new one into its own; what may have changed around both is computed
 * again, and the rows of which it is something else are sent: a deletion first, then rows in the
 * order of the first part, the partition that a row has left before the one that it has come to.
 */
final class OverOperator implements Operator {
  private final OverSpec spec;
  private final KernelLoader loader;
  private final Column[] rowKeys;
  private OverRows rows;
  private Expiry expiry;
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;

  OverOperator(OverSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.rowKeys = new Column[spec.rowKeys().size()];
  }

  /** At which position something is sent. */
  private interface Moment {
    int append(long time, RowKind kind);
  }

  @Override
  public void open(OperatorContext context) {
    rows = new OverRows(spec, context, loader);
    expiry = Expiry.open(spec.ttlMillis(), OverRows.TABLE, rows.expiryField(), context);
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int i = 0; i < rowKeys.length; i++) {
      rowKeys[i] = batch.column(spec.rowKeys().get(i));
    }
    for (int row = 0; row < batch.size(); row++) {
      expiry.expireBefore(
          rows.table(), batch, row, (slot, time, code) -> expire(slot, time, code, output));
      take(batch, row, output);
    }
    flush(batch.lateness(), output);
  }

  private void take(Batch batch, int row, Output output) {
    Moment moment = (time, kind) -> append(batch, row, time, kind, output);
    int there = spec.isOfChanges() ? rows.find(rowKeys, row) : 0;
    if (batch.kind(row) == RowKind.DELETE) {
      if (there != 0) {
        delete(there, batch.rowtimes()[row], moment);
        rows.table().remove(rows.slot(there));
      }
      return;
    }
    int changed = there == 0 ? rows.add(rowKeys, batch, row) : there;
    if (there != 0) {
      rows.parts().forEach(part -> part.replace(there, batch, row));
      rows.copy(there, batch, row);
    }
    rows.parts().forEach(part -> part.putIn(changed, batch, row));
    if (expiry.isActive()) {
      expiry.touch(rows.table(), rows.toChange(changed), batch, row);
    }
    send(changed, there == 0 ? RowKind.INSERT : RowKind.UPDATE_AFTER, moment);
  }

  /** Sends that a row has gone, and what that changes; the row itself is still in the table. */
  private void delete(int row, long time, Moment moment) {
    rows.parts().forEach(part -> part.takeOut(row, time));
    copy(row, moment.append(rows.time(row), RowKind.DELETE));
    send(0, RowKind.DELETE, moment);
  }

  /**
   * Sends the rows of which something has changed.
   *
   * @param own the row that has come or been replaced, which is sent in any case; or 0
   * @param kind what has happened to it
   */
  private void send(int own, RowKind kind, Moment moment) {
    rows.parts().forEach(part -> part.compute(own));
    for (int i = 0; i < rows.changedCount(); i++) {
      int row = rows.changed(i);
      RowKind sent = row == own ? kind : RowKind.UPDATE_AFTER;
      copy(row, moment.append(rows.time(row), sent));
    }
    rows.clearChanged();
    rows.parts().forEach(OverPart::finish);
  }

  private void copy(int row, int to) {
    int width = rows.width();
    int slot = rows.slot(row);
    for (int i = 0; i < width; i++) {
      out.column(i).copy(rows.column(i), slot, to);
    }
    if (!spec.isOfChanges()) {
      ((LongColumn) out.column(width)).put(to, rows.parts().get(0).number(row));
    }
  }

  private int append(Batch batch, int row, long time, RowKind kind, Output output) {
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
    return out.appendFor(batch, row, time, kind);
  }

  private void expire(int slot, long time, int code, Output output) {
    Moment moment =
        (sent, kind) -> {
          if (out.size() == batchSize) {
            flush(outputTimeline, output);
          }
          int to = out.append(sent, code, kind);
          out.dueAt(to, time);
          return to;
        };
    delete(rows.table().number(slot) + 1, time, moment);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(
          rows.table(), timeline, (slot, time, code) -> expire(slot, time, code, output));
      flush(outputTimeline, output);
    }
    return false;
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
