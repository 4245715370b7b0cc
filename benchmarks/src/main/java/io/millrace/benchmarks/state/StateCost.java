package io.millrace.benchmarks.state;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A table of BIGINT keys with two fields of 8 bytes: new keys, look-ups, captures, restoring, and
 * what a key takes. Arguments: heap or chronicle, the number of keys, a folder for files.
 */
public final class StateCost {
  private static final int BATCH = 1024;
  private static final int LOOK_UPS = 2_000_000;
  private static final long HOT_ROWS = 65_536;
  private static final SlotTableSpec TABLE =
      new SlotTableSpec(
          "t",
          1,
          List.of(DataType.BIGINT),
          List.of(StateType.of("count", DataType.BIGINT), StateType.of("sum", DataType.BIGINT)));

  private final PrintStream out;
  private final Random random = new Random(1);
  private final Supplier<StateBackend> backends;
  private final int keys;
  private final Path folder;
  private final int[] slots = new int[BATCH];
  private final LongColumn column = new LongColumn(BATCH);

  private StateCost(PrintStream out, Supplier<StateBackend> backends, int keys, Path folder) {
    this.out = out;
    this.backends = backends;
    this.keys = keys;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[2]));
    Supplier<StateBackend> backends =
        arguments[0].equals("heap") ? HeapStateBackend::new : ChronicleState.in(folder, HOT_ROWS);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.printf("%s, %s keys%n", arguments[0], arguments[1]);
    new StateCost(out, backends, Integer.parseInt(arguments[1]), folder).run();
  }

  private void run() throws IOException {
    long before = Footprint.ofHeap();
    Path saved = folder.resolve("saved");
    try (StateBackend backend = backends.get()) {
      SlotTable table = backend.slotTable(TABLE);
      measure("new keys", keys, () -> fill(table));
      out.printf("heap: %.1f bytes a key%n", (double) (Footprint.ofHeap() - before) / keys);
      out.printf("files: %.1f bytes a key%n", (double) Footprint.ofFiles(folder) / keys);
      measure("look-ups of any key", LOOK_UPS, () -> lookUp(table, LOOK_UPS, keys));
      measure("look-ups of 10,000 keys", LOOK_UPS, () -> lookUp(table, LOOK_UPS, 10_000));
      measure("full capture", keys, () -> save(backend.capture(true), saved));
      lookUp(table, keys / 100, keys);
      measure("capture of 1%, pause", keys / 100, () -> backend.capture(false));
    }
    try (StateBackend backend = backends.get()) {
      backend.slotTable(TABLE);
      measure("restore", keys, () -> restore(backend, saved));
    }
    out.printf("saved: %.1f bytes a key%n", (double) Files.size(saved) / keys);
    Files.delete(saved);
  }

  /** What is measured. */
  private interface Action {
    void run() throws IOException;
  }

  private void measure(String what, long count, Action action) throws IOException {
    long start = System.nanoTime();
    action.run();
    long nanos = System.nanoTime() - start;
    out.printf(
        "%s: %.0f ms, %.0f ns each, %.2f M/s%n",
        what, nanos / 1e6, (double) nanos / count, count * 1e3 / nanos);
  }

  private void fill(SlotTable table) {
    for (int key = 0; key < keys; key += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        column.values()[i] = (long) key + i;
      }
      count(table);
    }
  }

  private void lookUp(SlotTable table, int count, int among) {
    for (int done = 0; done < count; done += BATCH) {
      for (int i = 0; i < BATCH; i++) {
        column.values()[i] = random.nextInt(among);
      }
      count(table);
    }
  }

  private void count(SlotTable table) {
    table.resolve(new Column[] {column}, 0, BATCH, slots);
    long[] counts = ((LongColumn) table.field(0)).values();
    long[] sums = ((LongColumn) table.field(1)).values();
    for (int i = 0; i < BATCH; i++) {
      counts[slots[i]]++;
      sums[slots[i]] += column.values()[i];
    }
  }

  private static void save(StateCapture capture, Path file) throws IOException {
    try (DataOutputStream data =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      capture.write(data);
    }
  }

  private static void restore(StateBackend backend, Path file) throws IOException {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      backend.restore(data);
    }
  }
}
