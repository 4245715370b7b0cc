package io.millrace.operators.table;

import io.millrace.operators.expiry.Expiry;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes upserts (any kind but {@code -D}) and deletions, keeps the current row of each key, and
 * sends what changed: {@code +I} for a new key, {@code +U} for a replaced row, before it, if that
 * is asked for, {@code -U} for what it replaces, {@code -D} for a deleted one, which must have been
 * there, or for one that has expired. Also answers queries, between two turns: see {@link
 * TableContents}.
 */
public final class TableOperator implements Operator {
  private static final int VERSION = 1;
  private final Schema schema;
  private final List<Integer> keyColumns;
  private final long ttlMillis;
  private final boolean showsReplaced;
  private final int timeField;
  private Expiry expiry;
  private SlotTable rows;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Column[] keys = new Column[0];
  private int batchSize;
  private int[] slots = new int[0];

  /**
   * @param ttlMillis how long a row that is not replaced stays; 0 for ever
   * @param showsReplaced whether a row that is replaced is sent before the one that replaces it
   */
  TableOperator(Schema schema, List<Integer> keyColumns, long ttlMillis, boolean showsReplaced) {
    this.schema = schema;
    this.ttlMillis = ttlMillis;
    this.showsReplaced = showsReplaced;
    this.keyColumns = keyColumns;
    this.timeField = schema.size();
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> keyTypes = keyColumns.stream().map(schema::type).toList();
    List<StateType> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      fields.add(StateType.of("c" + i, schema.type(i)));
    }
    fields.add(StateType.of("rowtime", DataType.TIMESTAMP));
    fields.addAll(Expiry.fields(ttlMillis));
    expiry = Expiry.open(ttlMillis, "rows", timeField + 1, context);
    rows =
        context
            .state()
            .slotTable(new SlotTableSpec("rows", VERSION, keyTypes, fields).keyedBy(keyColumns));
    keys = new Column[keyTypes.size()];
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(schema, batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (slots.length < batch.size()) {
      slots = new int[batch.size()];
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(keyColumns.get(i));
    }
    for (int row = 0; row < batch.size(); row++) {
      expiry.expireBefore(rows, batch, row, (slot, time, code) -> expire(slot, time, code, output));
      if (batch.kind(row) == RowKind.DELETE) {
        delete(batch, row);
      } else {
        upsert(batch, row, output);
      }
      if (out.size() >= batchSize) {
        flush(batch.lateness(), output);
      }
    }
    flush(batch.lateness(), output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      expiry.expireAll(rows, timeline, (slot, time, code) -> expire(slot, time, code, output));
      flush(outputTimeline, output);
    }
    return false;
  }

  /** The number of rows held now. */
  int size() {
    return rows.size();
  }

  /** The number of a key's row, or -1. Between two turns only. */
  int find(Column[] key, int row) {
    int slot = rows.find(key, row);
    return slot < 0 ? -1 : rows.number(slot);
  }

  /** A number that is greater than those of all rows. Between two turns only. */
  int limit() {
    return rows.limit();
  }

  /** The numbers of all rows. Between two turns only. */
  int[] numbers() {
    int[] used = new int[rows.size()];
    int count = 0;
    for (int number = 0; number < rows.limit(); number++) {
      if (rows.isUsed(number)) {
        used[count++] = number;
      }
    }
    return used;
  }

  /** The key of a row. Between two turns only. */
  List<@Nullable Object> key(int number) {
    int slot = rows.slot(number);
    List<@Nullable Object> key = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      key.add(rows.key(i).get(slot));
    }
    return key;
  }

  /**
   * Copies a row. Between two turns only.
   *
   * @param columns one for each of the table; receive it at {@code to}
   * @return its time
   */
  long copy(int number, Column[] columns, int to) {
    int slot = rows.slot(number);
    for (int c = 0; c < columns.length; c++) {
      columns[c].copy(rows.field(c), slot, to);
    }
    return ((LongColumn) rows.field(timeField)).values()[slot];
  }

  private void upsert(Batch batch, int row, Output output) {
    int before = rows.size();
    rows.resolve(keys, row, row + 1, slots);
    int slot = slots[row];
    RowKind kind = rows.size() > before ? RowKind.INSERT : RowKind.UPDATE_AFTER;
    if (showsReplaced && kind == RowKind.UPDATE_AFTER) {
      long[] times = ((LongColumn) rows.field(timeField)).values();
      copyRow(slot, out.appendFor(batch, row, times[slot], RowKind.UPDATE_BEFORE));
      if (out.size() >= batchSize) {
        flush(batch.lateness(), output);
      }
    }
    int to = out.appendFor(batch, row, batch.rowtimes()[row], kind);
    for (int i = 0; i < schema.size(); i++) {
      rows.field(i).copy(batch.column(i), row, slot);
      out.column(i).copy(batch.column(i), row, to);
    }
    ((LongColumn) rows.field(timeField)).values()[slot] = batch.rowtimes()[row];
    expiry.touch(rows, slot, batch, row);
  }

  private void delete(Batch batch, int row) {
    int slot = rows.find(keys, row);
    if (slot < 0) {
      return;
    }
    copyRow(slot, out.appendFor(batch, row, batch.rowtimes()[row], RowKind.DELETE));
    rows.remove(slot);
  }

  private void expire(int slot, long time, int code, Output output) {
    int to = out.append(time, code, RowKind.DELETE);
    out.dueAt(to, time);
    copyRow(slot, to);
    if (out.size() >= batchSize) {
      flush(outputTimeline, output);
    }
  }

  /** Copies the current row of a slot to the output. */
  private void copyRow(int slot, int to) {
    for (int i = 0; i < schema.size(); i++) {
      out.column(i).copy(rows.field(i), slot, to);
    }
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
