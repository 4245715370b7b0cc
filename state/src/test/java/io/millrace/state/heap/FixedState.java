package io.millrace.state.heap;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.Struct;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state with every kind and every type in it, which is made in three steps that are captured one
 * by one. It never changes: states of earlier versions that are kept as test data are compared with
 * it.
 */
final class FixedState {
  /** How many captures it is made of. */
  static final int PARTS = 3;

  private static final List<DataType> TYPES =
      List.of(
          DataType.BOOLEAN,
          DataType.INT,
          DataType.DOUBLE,
          DataType.decimal(38, 6),
          DataType.STRING,
          DataType.BYTES,
          DataType.TIMESTAMP,
          DataType.array(DataType.DOUBLE),
          DataType.map(DataType.STRING, DataType.BOOLEAN),
          new DataType.StructOf(
              List.of(new Field("a", DataType.INT), new Field("b", DataType.STRING))));

  private final HeapStateBackend backend;
  private final SlotTable table;
  private final Panes panes;
  private final RowLog log;
  private final SortBuffer buffer;
  private final LongValue value;

  FixedState(HeapStateBackend backend) {
    this.backend = backend;
    List<DataType> keys = List.of(DataType.STRING, DataType.BIGINT);
    table = backend.slotTable(new SlotTableSpec("table", 1, keys, fields()));
    panes = backend.panes(new PanesSpec(new SlotTableSpec("panes", 1, keys, fields())));
    log = backend.rowLog(new RowLogSpec("log", 1, TYPES));
    buffer = backend.sortBuffer(new SortBufferSpec("buffer", 1, TYPES));
    value = backend.longValue("value");
  }

  /** Makes the state, and gives its captures. */
  List<byte[]> make() throws IOException {
    List<byte[]> parts = new ArrayList<>();
    begin();
    parts.add(bytes(backend.capture(true)));
    change();
    parts.add(bytes(backend.capture(false)));
    end();
    parts.add(bytes(backend.capture(false)));
    return parts;
  }

  /** The whole state as it is, in the form of this version. */
  byte[] whole() throws IOException {
    return bytes(backend.capture(true));
  }

  private void begin() {
    fill(table, 0, 1500);
    fill(panes.pane(0), 0, 3);
    fill(panes.pane(10), 5, 40);
    fill(panes.pane(20), 0, 1);
    append(0, 0, 1500);
    append(3, 0, 5);
    add(100, 0, 20);
    add(95, 20, 10);
    value.set(-7);
  }

  private void change() {
    table.remove(3);
    table.remove(1200);
    table.remove(7);
    fill(table, 1600, 1601);
    fill(table, 30, 50);
    panes.remove(0);
    panes.pane(10).remove(2);
    fill(panes.pane(30), 0, 2);
    log.dropFirst(0, 1100);
    append(0, 1500, 3);
    log.clear(3);
    append(3, 7, 2);
    drain(97, 4);
    add(98, 30, 3);
    value.set(Long.MIN_VALUE);
  }

  private void end() {
    table.touch(40);
    table.field(1).set(40, 1_000_000L);
    panes.pane(20).clear();
    fill(panes.pane(20), 9, 11);
    log.dropFirst(3, 2);
    drain(101, 3);
  }

  private static List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    TYPES.forEach(type -> fields.add(StateType.of("f" + fields.size(), type)));
    fields.add(StateType.object("object", new TextCodec()));
    return fields;
  }

  /** Resolves the keys {@code [from, to)}, and sets the fields of some of them. */
  private static void fill(SlotTable filled, int from, int to) {
    int[] slots = new int[to - from];
    Column[] keys = {
      Column.of(DataType.STRING.layout(), slots.length),
      Column.of(DataType.BIGINT.layout(), slots.length)
    };
    for (int i = 0; i < slots.length; i++) {
      keys[0].set(i, i == 1 ? null : "key " + (from + i) % 100);
      keys[1].set(i, 3L * (from + i));
    }
    filled.resolve(keys, 0, slots.length, slots);
    for (int i = 0; i < slots.length; i += 1 + i / 10) {
      List<@Nullable Object> row = row(from + i);
      for (int c = 0; c < row.size(); c++) {
        filled.field(c).set(slots[i], row.get(c));
      }
      filled.field(row.size()).set(slots[i], "object " + i);
    }
  }

  private void append(int slot, int from, int count) {
    Column[] columns = TYPES.stream().map(t -> Column.of(t.layout(), 1)).toArray(Column[]::new);
    for (int i = from; i < from + count; i++) {
      List<@Nullable Object> row = row(i);
      for (int c = 0; c < columns.length; c++) {
        columns[c].set(0, row.get(c));
      }
      log.append(slot, 1_700_000_000_000L + i, columns, 0);
    }
  }

  private void add(long time, int from, int count) {
    RowBuffer rows = rows();
    for (int i = from; i < from + count; i++) {
      int at = rows.append(time + i / 2, 1);
      rows.place(at, i % 3);
      List<@Nullable Object> row = row(i);
      for (int c = 0; c < TYPES.size(); c++) {
        rows.column(c).set(at, row.get(c));
      }
    }
    Batch batch = rows.batchWithPlaces(new SourceTimeline(), new SourceTimeline());
    for (int i = 0; i < count; i++) {
      buffer.add(batch, i);
    }
  }

  private void drain(long time, int limit) {
    buffer.drainTo(time, limit, rows(), 1);
  }

  private static RowBuffer rows() {
    List<Field> fields = new ArrayList<>();
    TYPES.forEach(type -> fields.add(new Field("c" + fields.size(), type)));
    return new RowBuffer(new Schema(fields), 4, new SourceTimeline());
  }

  private static List<@Nullable Object> row(int i) {
    @Nullable Object[] row = {
      i % 2 == 0,
      i % 7 - 3L,
      i / 8.0,
      new BigDecimal(i * i).movePointLeft(3),
      i % 5 == 0 ? "\u03b1 " + i % 11 : "text " + i % 11,
      Bytes.wrap(new byte[] {(byte) i, 1}),
      1_700_000_000_000L + 1000L * i,
      List.of(i * 0.5, 1.0),
      Map.of("k" + i % 3, i % 3 == 0),
      Struct.of((long) i, "s")
    };
    row[i % 10] = i % 4 == 0 ? row[i % 10] : null;
    return Arrays.asList(row);
  }

  private static byte[] bytes(StateCapture capture) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    capture.write(new DataOutputStream(out));
    return out.toByteArray();
  }

  private record TextCodec() implements StateCodec<String> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(String text, DataOutput out) throws IOException {
      out.writeUTF(text);
    }

    @Override
    public String read(int saved, DataInput in) throws IOException {
      return in.readUTF();
    }
  }
}
