package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
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
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.state.SavedState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Captures that are taken out little by little of much state, which changes all the time. */
class GradualCaptureTest {
  private static final SlotTableSpec TABLE =
      new SlotTableSpec(
          "t",
          1,
          List.of(DataType.BIGINT),
          List.of(StateType.of("n", DataType.BIGINT), StateType.of("s", DataType.STRING)));
  private static final RowLogSpec LOG = new RowLogSpec("l", 1, List.of(DataType.BIGINT));
  private static final SortBufferSpec BUFFER =
      new SortBufferSpec("b", 1, List.of(DataType.BIGINT, DataType.STRING));
  private static final Schema ROWS =
      Schema.of(new Field("n", DataType.BIGINT), new Field("s", DataType.STRING));
  private static final int MANY = 100_000;
  private static final int ROUNDS = 6;
  private static final int SLICE = 97;

  private final Random random = new Random(37);
  private final StateBackend backend = new HeapStateBackend();

  @Test
  void shouldHoldTheMomentWhenATableChangesWhileItIsTakenOut() {
    SlotTable table = backend.slotTable(TABLE);
    for (int key = 0; key < MANY; key += 1_000) {
      count(table, key, 1_000);
    }
    SavedState chain = SavedState.of(backend);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 1_000; i++) {
        change(table);
      }
      if (round == 4) {
        table.clear();
        count(table, 500, 70_000);
      }
      List<String> moment = contents(table);
      StateCapture capture = backend.beginCapture(round == 2);
      assertThat(capture.isFull()).isEqualTo(round == 2);
      while (capture.takeMore(SLICE) == SLICE) {
        change(table);
      }
      chain = chain.with(capture);

      StateBackend restored = new HeapStateBackend();
      SlotTable copy = restored.slotTable(TABLE);
      chain.restore(restored);
      assertThat(contents(copy)).isEqualTo(moment);
    }
  }

  @Test
  void shouldHoldTheMomentWhenALogChangesWhileItIsTakenOut() {
    RowLog log = backend.rowLog(LOG);
    for (int i = 0; i < 3 * MANY; i++) {
      append(log, random.nextInt(MANY));
    }
    for (int i = 0; i < 5_000; i++) {
      append(log, 7);
    }
    SavedState chain = SavedState.of(backend);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 40_000 * round; i++) {
        change(log);
      }
      List<String> moment = contents(log);
      StateCapture capture = backend.beginCapture(round == 3);
      while (capture.takeMore(SLICE) == SLICE) {
        for (int i = 0; i < 30; i++) {
          change(log);
        }
      }
      chain = chain.with(capture);

      StateBackend restored = new HeapStateBackend();
      RowLog copy = restored.rowLog(LOG);
      chain.restore(restored);
      assertThat(contents(copy)).isEqualTo(moment);
    }
  }

  @Test
  void shouldHoldTheMomentWhenASortBufferChangesWhileItIsTakenOut() {
    SortBuffer buffer = backend.sortBuffer(BUFFER);
    SavedState chain = SavedState.of(backend);
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < 3_000; i++) {
        change(buffer);
      }
      StateCapture capture = backend.beginCapture(round == 3);
      List<String> moment = new ArrayList<>();
      StateBackend other = new HeapStateBackend();
      SortBuffer copy = other.sortBuffer(BUFFER);
      int slices = 0;
      for (; capture.takeMore(SLICE) >= SLICE; slices++) {
        if (slices == 0) {
          moment = drained(buffer, 700);
        } else {
          change(buffer);
        }
      }
      assertThat(slices).isGreaterThan(1);
      chain = chain.with(capture);
      chain.restore(other);
      assertThat(drained(copy, 700)).isEqualTo(moment);
    }
  }

  @Test
  void shouldHoldEqualTimesInTheirOrderWhenASortBufferChangesWhileItIsTakenOut() {
    SortBuffer buffer = backend.sortBuffer(BUFFER);
    SortBuffer same = new HeapStateBackend().sortBuffer(BUFFER);
    for (int i = 0; i < 20_000; i++) {
      Batch row = row(random.nextInt(100), random.nextInt(3));
      buffer.add(row, 0);
      same.add(row, 0);
      if (i % 100 == 99) {
        assertThat(drained(buffer, 30)).isEqualTo(drained(same, 30));
      }
    }
    StateCapture capture = backend.beginCapture(true);
    while (capture.takeMore(SLICE) >= SLICE) {
      drained(buffer, 1_000);
      for (int i = 0; i < 1_100; i++) {
        buffer.add(row(random.nextInt(100), random.nextInt(3)), 0);
      }
    }
    StateBackend restored = new HeapStateBackend();
    SortBuffer copy = restored.sortBuffer(BUFFER);
    SavedState.of(capture).restore(restored);

    assertThat(copy.size()).isEqualTo(14_000);
    assertThat(drained(copy, 14_000)).isEqualTo(drained(same, 14_000));
  }

  /** A row that differs from all others. */
  private Batch row(long time, int lane) {
    RowBuffer row = new RowBuffer(ROWS, 1, new SourceTimeline());
    row.lane(row.append(time, 1), lane);
    row.column(0).set(0, random.nextLong());
    row.column(1).set(0, "row " + random.nextInt());
    return row.batchWithPlaces(new SourceTimeline(), new SourceTimeline());
  }

  @Test
  void shouldBeWholeWhenAnotherCaptureBegins() {
    SlotTable table = backend.slotTable(TABLE);
    count(table, 0, 5_000);
    List<String> first = contents(table);
    StateCapture full = backend.beginCapture(true);
    full.takeMore(10);
    count(table, 2_500, 5_000);
    List<String> second = contents(table);
    StateCapture changes = backend.beginCapture(false);
    count(table, 0, 10_000);

    SavedState saved = SavedState.of(full);
    assertThat(contents(restored(saved))).isEqualTo(first);
    changes.takeMore(Integer.MAX_VALUE);
    assertThat(contents(restored(saved.with(changes)))).isEqualTo(second);
  }

  private static SlotTable restored(SavedState saved) {
    StateBackend restored = new HeapStateBackend();
    SlotTable copy = restored.slotTable(TABLE);
    saved.restore(restored);
    return copy;
  }

  private void change(SlotTable table) {
    int kind = random.nextInt(10);
    if (kind < 5) {
      count(table, random.nextInt(MANY + MANY / 4), 1 + random.nextInt(40));
      return;
    }
    int number = random.nextInt(table.limit());
    if (!table.isUsed(number)) {
      return;
    }
    int slot = table.slot(number);
    if (kind < 7) {
      table.touch(slot);
      table.field(1).set(slot, random.nextBoolean() ? null : "changed " + random.nextInt());
    } else {
      table.remove(slot);
    }
  }

  /** Counts keys in a row, and again some of them. */
  private void count(SlotTable table, int first, int count) {
    LongColumn keys = new LongColumn(count);
    for (int i = 0; i < count; i++) {
      keys.put(i, first + (i % 7 == 6 ? i / 2 : i));
    }
    int[] slots = new int[count];
    table.resolve(new Column[] {keys}, 0, count, slots);
    for (int slot : slots) {
      ((LongColumn) table.field(0)).values()[slot]++;
      table.field(1).set(slot, "counted " + random.nextInt());
    }
  }

  private static List<String> contents(SlotTable table) {
    long[] keys = ((LongColumn) table.key(0)).values();
    long[] counts = ((LongColumn) table.field(0)).values();
    @Nullable Object[] texts = ((ObjectColumn) table.field(1)).values();
    List<String> contents = new ArrayList<>();
    for (int slot = 0; slot < table.limit(); slot++) {
      contents.add(
          table.isUsed(slot) ? keys[slot] + " " + counts[slot] + " " + texts[slot] : "free");
    }
    return contents;
  }

  private void change(SortBuffer buffer) {
    LongColumn numbers = new LongColumn(1);
    ObjectColumn texts = new ObjectColumn(1);
    numbers.put(0, random.nextLong());
    texts.set(0, "row " + random.nextInt());
    Batch batch = new Batch(ROWS, new Column[] {numbers, texts}, new SourceTimeline());
    buffer.add(batch.rows(1, new long[] {random.nextInt(1_000_000)}, null, null), 0);
    if (random.nextInt(3) == 0) {
      drained(buffer, random.nextInt(3));
    }
  }

  /** Takes the first rows off. */
  private static List<String> drained(SortBuffer buffer, int most) {
    RowBuffer rows = new RowBuffer(ROWS, Math.max(1, most), new SourceTimeline());
    int count = buffer.drainTo(Long.MAX_VALUE, most, rows, 0);
    List<String> drained = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      drained.add(
          rows.rowtimes()[row] + ": " + rows.column(0).get(row) + ' ' + rows.column(1).get(row));
    }
    return drained;
  }

  private void change(RowLog log) {
    int slot = random.nextInt(20) == 0 ? 7 : random.nextInt(MANY);
    int kind = random.nextInt(10);
    if (kind < 6) {
      append(log, slot);
    } else if (kind < 9) {
      log.dropFirst(slot, Math.min(log.size(slot), random.nextInt(3)));
    } else if (slot != 7 || random.nextInt(100) == 0) {
      log.clear(slot);
    }
  }

  private void append(RowLog log, int slot) {
    LongColumn numbers = new LongColumn(1);
    numbers.put(0, random.nextLong());
    log.append(slot, random.nextInt(), new Column[] {numbers}, 0);
  }

  private static List<String> contents(RowLog log) {
    List<String> contents = new ArrayList<>();
    for (int slot = 0; slot < MANY; slot++) {
      StringBuilder rows = new StringBuilder();
      rows.append(log.first(slot));
      for (long ordinal = log.first(slot); ordinal < log.end(slot); ordinal++) {
        long[] numbers = ((LongColumn) log.columns(slot, ordinal)[0]).values();
        rows.append(' ').append(log.time(slot, ordinal));
        rows.append(':').append(numbers[log.index(slot, ordinal)]);
      }
      contents.add(rows.toString());
    }
    return contents;
  }
}
