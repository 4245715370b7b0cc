package io.millrace.benchmarks.captures;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Captures of a table of 12 million keys of which 1% changes, of windows of 10 million rows to
 * which a million come, of 3 million rows that wait for their place, and of great lists: the time
 * of the moment, the time to take all out behind it, the longest slice of that, the time to write,
 * the bytes.
 */
public final class CaptureCost {
  private static final int BATCH = 1024;
  private static final int ROUNDS = 8;
  private static final int SLICE = 1024;
  private static final int KEYS = 12_000_000;
  private static final int CHANGED = KEYS / 100;
  private static final int WINDOW = 10_000_000;
  private static final int ARRIVING = 1_000_000;
  private static final int WAITING = 3_000_000;

  private final Random random = new Random(1);
  private final PrintStream out;

  private CaptureCost(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    CaptureCost cost = new CaptureCost(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    cost.table();
    cost.window(1);
    cost.window(1_000);
    cost.window(1_000_000);
    cost.sorting();
    cost.lists();
    cost.resolving(1_000, BATCH);
    cost.resolving(1_000_000, BATCH);
    cost.resolving(1_000, 1);
  }

  private void table() {
    StateBackend backend = new HeapStateBackend();
    List<StateType> fields =
        List.of(
            StateType.of("count", DataType.BIGINT),
            StateType.of("sum", DataType.DOUBLE),
            StateType.of("last", DataType.BIGINT));
    SlotTable table =
        backend.slotTable(new SlotTableSpec("t", 1, List.of(DataType.BIGINT), fields));
    LongColumn keys = new LongColumn(BATCH);
    int[] slots = new int[BATCH];
    for (int key = 0; key < KEYS; key += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        keys.values()[i] = (key + i) * 7919L;
      }
      count(table, keys, slots);
    }
    report("12 million keys, full", backend, true);
    for (int round = 0; round < ROUNDS; round++) {
      for (int done = 0; done < CHANGED; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
          keys.values()[i] = random.nextInt(KEYS) * 7919L;
        }
        count(table, keys, slots);
      }
      report("12 million keys, 1% changed", backend, false);
    }
  }

  private static void count(SlotTable table, LongColumn keys, int[] slots) {
    table.resolve(new Column[] {keys}, 0, BATCH, slots);
    long[] counts = ((LongColumn) table.field(0)).values();
    double[] sums = ((DoubleColumn) table.field(1)).values();
    long[] last = ((LongColumn) table.field(2)).values();
    for (int slot : slots) {
      counts[slot]++;
      sums[slot] += counts[slot] / 3.0;
      last[slot] = slot + counts[slot];
    }
  }

  private void window(int slots) {
    StateBackend backend = new HeapStateBackend();
    RowLog log =
        backend.rowLog(
            new RowLogSpec("l", 1, List.of(DataType.STRING, DataType.DOUBLE, DataType.BIGINT)));
    ObjectColumn symbols = new ObjectColumn(1000);
    DoubleColumn prices = new DoubleColumn(1000);
    LongColumn volumes = new LongColumn(1000);
    for (int i = 0; i < 1000; i++) {
      symbols.values()[i] = "SYMBOL" + i;
      prices.values()[i] = random.nextInt(100_000) / 100.0;
      volumes.values()[i] = random.nextInt(1000);
    }
    Column[] rows = {symbols, prices, volumes};
    for (int i = 0; i < WINDOW; i++) {
      log.append(random.nextInt(slots), i, rows, i % 1000);
    }
    String name = "10 million rows in " + slots + " slots";
    report(name + ", full", backend, true);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < ARRIVING; i++) {
        int slot = random.nextInt(slots);
        if (log.size(slot) > 0) {
          log.dropFirst(slot, 1);
        }
        log.append(slot, i, rows, i % 1000);
      }
      report(name + ", a million more", backend, false);
    }
  }

  /** Rows that wait for their place in time. */
  private void sorting() {
    StateBackend backend = new HeapStateBackend();
    SortBuffer buffer =
        backend.sortBuffer(new SortBufferSpec("b", 1, List.of(DataType.BIGINT, DataType.STRING)));
    Schema schema = Schema.of(new Field("n", DataType.BIGINT), new Field("s", DataType.STRING));
    RowBuffer rows = new RowBuffer(schema, BATCH, new SourceTimeline());
    for (int done = 0; done < WAITING; done += BATCH) {
      rows.clear();
      for (int i = 0; i < BATCH; i++) {
        int row = rows.append((long) done + i - random.nextInt(WAITING), 1);
        rows.column(0).set(row, (long) i);
        rows.column(1).set(row, "SYMBOL");
      }
      Batch batch = rows.batchWithPlaces(new SourceTimeline(), new SourceTimeline());
      for (int i = 0; i < BATCH; i++) {
        buffer.add(batch, i);
      }
    }
    report("3 million rows in disorder, full", backend, true);
    report("3 million rows in disorder, full again", backend, true);
  }

  /** Groups that hold many values each. */
  private void lists() {
    StateBackend backend = new HeapStateBackend();
    SlotTableSpec spec =
        new SlotTableSpec(
            "t",
            1,
            List.of(DataType.BIGINT),
            List.of(StateType.object("values", new NumbersCodec())));
    SlotTable table = backend.slotTable(spec);
    LongColumn keys = new LongColumn(BATCH);
    int[] slots = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      keys.values()[i] = i;
    }
    table.resolve(new Column[] {keys}, 0, BATCH, slots);
    for (int slot : slots) {
      table.field(0).set(slot, random.longs(10_000).toArray());
    }
    report("1,024 lists of 10,000 numbers, full", backend, true);
    report("1,024 lists of 10,000 numbers, full again", backend, true);
  }

  /** Numbers, as a codec of an object writes them. */
  private static final class NumbersCodec implements StateCodec<long[]> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(long[] value, DataOutput out) throws IOException {
      out.writeInt(value.length);
      for (long number : value) {
        out.writeLong(number);
      }
    }

    @Override
    public long[] read(int version, DataInput in) throws IOException {
      long[] value = new long[in.readInt()];
      for (int i = 0; i < value.length; i++) {
        value[i] = in.readLong();
      }
      return value;
    }
  }

  /** What a look-up costs with the marks that captures need. */
  private void resolving(int keyCount, int batch) {
    SlotTable table =
        new HeapStateBackend()
            .slotTable(new SlotTableSpec("t", 1, List.of(DataType.BIGINT), List.of()));
    LongColumn[] batches = new LongColumn[64];
    for (int b = 0; b < batches.length; b++) {
      batches[b] = new LongColumn(BATCH);
      for (int i = 0; i < BATCH; i++) {
        batches[b].values()[i] = random.nextInt(keyCount) * 7919L;
      }
    }
    LongColumn all = new LongColumn(keyCount);
    for (int key = 0; key < keyCount; key++) {
      all.values()[key] = key * 7919L;
    }
    table.resolve(new Column[] {all}, 0, keyCount, new int[keyCount]);
    int[] slots = new int[BATCH];
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = Clock.system().nanos();
      for (int i = 0; i < 5_000; i++) {
        Column[] keys = {batches[i % batches.length]};
        for (int from = 0; from < BATCH; from += batch) {
          table.resolve(keys, from, from + batch, slots);
        }
      }
      best = Math.min(best, (Clock.system().nanos() - start) / 5_000.0 / BATCH);
    }
    out.printf(
        Locale.ROOT, "look-up, %d keys, batches of %d: %.2f ns/row%n", keyCount, batch, best);
  }

  private void report(String name, StateBackend backend, boolean full) {
    long start = Clock.system().nanos();
    StateCapture capture = backend.beginCapture(full);
    long begun = Clock.system().nanos();
    long longest = takeOut(capture);
    long taken = Clock.system().nanos();
    Counter bytes = new Counter();
    try {
      capture.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long written = Clock.system().nanos();
    out.printf(
        Locale.ROOT,
        "%-48s moment %6.3f ms, take out %8.2f ms, longest slice %6.2f ms, write %8.1f ms, %7.2f MB%n",
        name,
        (begun - start) / 1e6,
        (taken - begun) / 1e6,
        longest / 1e6,
        (written - taken) / 1e6,
        bytes.count / 1e6);
  }

  /** Takes all out in slices, and gives the nanoseconds of the longest. */
  private static long takeOut(StateCapture capture) {
    long longest = 0;
    for (int taken = SLICE; taken >= SLICE; ) {
      long start = Clock.system().nanos();
      taken = capture.takeMore(SLICE);
      longest = Math.max(longest, Clock.system().nanos() - start);
    }
    return longest;
  }

  /** Counts bytes. */
  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int value) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
