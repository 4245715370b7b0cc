package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.state.SavedState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChronicleSlotTableTest {
  private static final int BATCH = 1_000;
  private static final SlotTableSpec SPEC =
      new SlotTableSpec(
          "t", 1, List.of(DataType.BIGINT), List.of(StateType.of("sum", DataType.BIGINT)));

  /** Enough for a capture that goes through a file. */
  private static final int MANY = 140_000;

  @TempDir private Path folder;

  @Test
  void shouldSaveTheSameBytesAsTheHeap() {
    StateBackend heap = new HeapStateBackend();
    StateBackend files = ChronicleState.in(folder, 0).get();
    SlotTable onHeap = heap.slotTable(SPEC);
    SlotTable inFiles = files.slotTable(SPEC);
    for (SlotTable table : List.of(onHeap, inFiles)) {
      change(table, MANY);
    }
    assertThat(bytes(files)).isEqualTo(bytes(heap));

    StateBackend restored = ChronicleState.in(folder, 0).get();
    SlotTable again = restored.slotTable(SPEC);
    SavedState.of(heap).restore(restored);
    assertThat(bytes(restored)).isEqualTo(bytes(heap));
    for (SlotTable table : List.of(onHeap, again)) {
      change(table, 9_000);
    }
    assertThat(bytes(restored)).isEqualTo(bytes(heap));
    files.close();
    restored.close();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {9_000, MANY})
  void shouldSaveTheStateOfItsMomentWhenRowsComeBetweenSlices(int keys) {
    StateBackend heap = new HeapStateBackend();
    StateBackend files = ChronicleState.in(folder, 0).get();
    List<byte[]> saved = new ArrayList<>();
    for (StateBackend backend : List.of(heap, files)) {
      SlotTable table = backend.slotTable(SPEC);
      change(table, keys);
      StateCapture full = backend.beginCapture(true);
      for (int from = keys; from >= 0; from -= BATCH) {
        full.takeMore(BATCH / 2);
        table.resolve(keys(from), 0, BATCH, new int[BATCH]);
        changeOf(table, keys(from + keys));
        removeOf(table, keys(from - BATCH / 2));
      }
      full.takeMore(Integer.MAX_VALUE);
      saved.add(bytes(full));
      StateCapture changes = backend.beginCapture(false);
      changes.takeMore(Integer.MAX_VALUE);
      saved.add(bytes(changes));
    }
    StateBackend undisturbed = new HeapStateBackend();
    change(undisturbed.slotTable(SPEC), keys);

    assertThat(saved.get(0)).isEqualTo(bytes(undisturbed));
    assertThat(saved.get(2)).isEqualTo(saved.get(0));
    assertThat(saved.get(3)).isEqualTo(saved.get(1));
    files.close();
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLeaveNoFileOfACaptureThatIsNotWritten(boolean isWhole) throws IOException {
    StateBackend files = ChronicleState.in(folder, 0).get();
    SlotTable table = files.slotTable(SPEC);
    change(table, MANY);
    long before = files();
    StateCapture capture = files.beginCapture(true);
    capture.takeMore(isWhole ? Integer.MAX_VALUE : BATCH);

    capture.discard();

    assertThat(files()).isEqualTo(before);
    files.close();
    assertThat(folder).isEmptyDirectory();
  }

  /** Panes that fit into memory one by one, and not together; rows come between the slices. */
  @Test
  void shouldHaveOneRoomInMemoryForAllPanesOfACapture() throws IOException {
    int keys = 50_000;
    StateBackend heap = new HeapStateBackend();
    StateBackend files = ChronicleState.in(folder, 0).get();
    List<byte[]> saved = new ArrayList<>();
    for (StateBackend backend : List.of(heap, files)) {
      Panes panes = backend.panes(new PanesSpec(SPEC));
      for (int time = 0; time < 5; time++) {
        change(panes.pane(time), keys);
      }
      StateCapture capture = backend.beginCapture(true);
      for (int from = keys; from >= 0; from -= BATCH) {
        for (int time = 0; time < 5; time++) {
          changeOf(panes.pane(time), keys(from));
        }
      }
      capture.takeMore(Integer.MAX_VALUE);
      long behind = files();
      saved.add(bytes(capture));
      // Two panes are copied. The other three keep 142,674 rows that are about to change: each time
      // that 32,768 of them are in memory, the pane that has most of them writes its own.
      assertThat(behind - files()).isEqualTo(backend.equals(heap) ? 0 : 8);
    }

    assertThat(saved.get(1)).isEqualTo(saved.get(0));
    files.close();
    assertThat(folder).isEmptyDirectory();
  }

  private long files() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.count();
    }
  }

  @Test
  void shouldKeepSlotsWhileFewOthersAreAskedFor() {
    StateBackend backend = ChronicleState.in(folder, 0).get();
    SlotTable table = backend.slotTable(SPEC);
    for (int from = 0; from < 20_000; from += BATCH) {
      table.resolve(keys(from), 0, BATCH, new int[BATCH]);
    }
    int[] held = new int[BATCH];
    table.resolve(keys(0), 0, BATCH, held);
    table.resolve(keys(5_000), 0, BATCH, new int[BATCH]);
    for (int i = 0; i < SlotTable.HELD - BATCH; i++) {
      table.slot(9_000 + i);
    }

    for (int i = 0; i < BATCH; i++) {
      assertThat(table.number(held[i])).isEqualTo(i);
      assertThat(table.key(0).get(held[i])).isEqualTo((long) i);
    }
    backend.close();
  }

  /** Keys are found by their cells, which a number that had the key before must leave alone. */
  @Test
  void shouldRestoreKeysThatHaveTakenTheNumbersOfOthers() throws IOException {
    int count = 60;
    StateBackend backend = ChronicleState.ofFewRows(folder).get();
    SlotTable table = backend.slotTable(SPEC);
    int[] slots = new int[1];
    for (int key = 0; key < count; key++) {
      table.resolve(keys(key), 0, 1, slots);
      ((LongColumn) table.field(0)).values()[slots[0]] = key;
    }
    byte[] full = bytes(backend.capture(true));
    for (int key = 0; key < count; key++) {
      table.remove(table.find(keys(key), 0));
    }
    for (int key = 0; key < count; key++) {
      table.resolve(keys(key), 0, 1, slots);
      ((LongColumn) table.field(0)).values()[slots[0]] = 100L + key;
    }
    StateBackend restored = ChronicleState.ofFewRows(folder).get();
    SlotTable again = restored.slotTable(SPEC);
    for (byte[] saved : List.of(full, bytes(backend.capture(false)))) {
      restored.restore(new DataInputStream(new ByteArrayInputStream(saved)));
    }

    for (int key = 0; key < count; key++) {
      int slot = again.find(keys(key), 0);
      assertThat(again.number(slot)).isEqualTo(count - 1 - key);
      assertThat(again.field(0).get(slot)).isEqualTo(100L + key);
    }
    for (int number = 0; number < count; number++) {
      assertThat(again.key(0).get(again.slot(number))).isEqualTo((long) count - 1 - number);
    }
    backend.close();
    restored.close();
  }

  /** Some fit into records, some do not, and keys come and go; the first row guesses too little. */
  @Test
  void shouldHoldRowsOfAnyLengthWhenTheyGrowAndShrink() {
    SlotTableSpec spec =
        new SlotTableSpec(
            "t", 1, List.of(DataType.STRING), List.of(StateType.of("text", DataType.STRING)));
    StateBackend heap = new HeapStateBackend();
    StateBackend files = ChronicleState.ofFewRows(folder).get();
    for (StateBackend backend : List.of(heap, files)) {
      Random random = new Random(3);
      SlotTable table = backend.slotTable(spec);
      ObjectColumn keys = new ObjectColumn(1);
      for (int step = 0; step < 20_000; step++) {
        int key = random.nextInt(300);
        keys.put(0, key % 2 == 0 ? "k" + key : ("key " + key + " ").repeat(key));
        int slot = table.find(new Column[] {keys}, 0);
        if (slot >= 0 && random.nextInt(5) == 0) {
          table.remove(slot);
        } else {
          int[] slots = new int[1];
          table.resolve(new Column[] {keys}, 0, 1, slots);
          int length = random.nextInt(random.nextInt(4) == 0 ? 5_000 : 60);
          ((ObjectColumn) table.field(0)).put(slots[0], step + "x".repeat(length));
        }
      }
    }

    assertThat(bytes(files)).isEqualTo(bytes(heap));
    files.close();
    assertThat(folder).isEmptyDirectory();
  }

  /** A map whose entries are mostly small has no room for an entry with such a key. */
  @Test
  void shouldTakeKeysOfAnyLengthAmongManyShortOnes() {
    SlotTableSpec spec =
        new SlotTableSpec(
            "t", 1, List.of(DataType.STRING), List.of(StateType.of("count", DataType.BIGINT)));
    StateBackend heap = new HeapStateBackend();
    StateBackend files = ChronicleState.ofFewRows(folder).get();
    for (StateBackend backend : List.of(heap, files)) {
      SlotTable table = backend.slotTable(spec);
      for (int step = 0; step < 40_000; step++) {
        int key = step % 15_000;
        String text = key % 3_000 == 7 ? "x".repeat(300_000) + key : "k" + key;
        int[] slots = new int[1];
        table.resolve(new Column[] {text(text)}, 0, 1, slots);
        ((LongColumn) table.field(0)).values()[slots[0]]++;
      }
      assertThat(table.size()).isEqualTo(15_000);
      table.remove(table.find(new Column[] {text("x".repeat(300_000) + 3_007)}, 0));
      assertThat(table.find(new Column[] {text("x".repeat(300_000) + 3_007)}, 0)).isNegative();
    }

    assertThat(bytes(files)).isEqualTo(bytes(heap));
    files.close();
    assertThat(folder).isEmptyDirectory();
  }

  private static ObjectColumn text(String text) {
    ObjectColumn column = new ObjectColumn(1);
    column.put(0, text);
    return column;
  }

  /** Counts keys, some of them twice, and removes some. */
  private static void change(SlotTable table, int keys) {
    for (int from = 0; from < keys; from += BATCH / 2) {
      changeOf(table, keys(from));
    }
    for (int key = 0; key < keys; key += 17) {
      int slot = table.find(keys(key), 0);
      if (slot >= 0) {
        table.remove(slot);
      }
    }
  }

  private static void changeOf(SlotTable table, Column[] keys) {
    int[] slots = new int[BATCH];
    table.resolve(keys, 0, BATCH, slots);
    long[] sums = ((LongColumn) table.field(0)).values();
    for (int i = 0; i < BATCH; i++) {
      sums[slots[i]] += ((LongColumn) keys[0]).values()[i];
    }
  }

  private static void removeOf(SlotTable table, Column[] keys) {
    for (int row = 0; row < BATCH; row += 5) {
      int slot = table.find(keys, row);
      if (slot >= 0) {
        table.remove(slot);
      }
    }
  }

  private static Column[] keys(long from) {
    LongColumn keys = new LongColumn(BATCH);
    for (int i = 0; i < BATCH; i++) {
      keys.values()[i] = from + i;
    }
    return new Column[] {keys};
  }

  private static byte[] bytes(StateBackend backend) {
    return bytes(backend.capture(true));
  }

  private static byte[] bytes(StateCapture capture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      capture.write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
