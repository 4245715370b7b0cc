package io.millrace.testkit.state;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;

/** A back end with a state of each kind. */
final class EveryKind {
  private static final SlotTableSpec TABLE =
      new SlotTableSpec(
          "table", 1, List.of(DataType.BIGINT), List.of(StateType.of("count", DataType.BIGINT)));
  private static final Schema SCHEMA = Schema.of(new Field("key", DataType.BIGINT));

  final StateBackend backend;
  final SlotTable table;
  private final Panes panes;
  private final RowLog log;
  private final SortBuffer buffer;
  private final LongValue value;

  EveryKind(StateBackend backend) {
    this.backend = backend;
    table = backend.slotTable(TABLE);
    panes =
        backend.panes(new PanesSpec(new SlotTableSpec("panes", 1, TABLE.keys(), TABLE.fields())));
    log = backend.rowLog(new RowLogSpec("log", 1, List.of(DataType.BIGINT)));
    buffer = backend.sortBuffer(new SortBufferSpec("buffer", 1, List.of(DataType.BIGINT)));
    value = backend.longValue("value");
  }

  /** A row of one number. */
  static Column[] row(long key) {
    LongColumn column = new LongColumn(1);
    column.put(0, key);
    return new Column[] {column};
  }

  /** Changes something in every state. */
  void change(long key) {
    Column[] row = row(key);
    count(table, row);
    count(panes.pane(key % 7), row);
    log.append((int) (key % 1000), key, row, 0);
    Batch batch = new Batch(SCHEMA, row, new SourceTimeline());
    buffer.add(batch.rows(1, new long[] {key}, null, null), 0);
    value.set(value.get() + 1);
  }

  /** How often the table has counted a key that it holds. */
  long count(long key) {
    int slot = table.find(row(key), 0);
    return ((LongColumn) table.field(0)).values()[slot];
  }

  private static void count(SlotTable counts, Column[] row) {
    int[] slots = new int[1];
    counts.resolve(row, 0, 1, slots);
    ((LongColumn) counts.field(0)).values()[slots[0]]++;
  }

  /** Saves all in full, and then again and again what has changed. */
  SavedState chain() {
    SavedState chain = SavedState.of(backend);
    for (int i = 0; i < 10; i++) {
      change(i % 4);
      chain = chain.next(backend);
    }
    return chain;
  }
}
