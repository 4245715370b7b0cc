package io.millrace.runtime.rescale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RescalingTest {
  private static final int KEYS = 500;
  private static final KeyNumber GROUP = new KeyNumber("groups", 0);

  @ParameterizedTest
  @CsvSource({"1, 3", "3, 1", "4, 2", "2, 7", "3, 128"})
  void shouldBringAllThatAKeyHasToItsTask(int before, int after) {
    List<Instance> saved = spread(before);

    List<Instance> restored = rescale(saved, after);

    assertThat(contents(restored)).isEqualTo(contents(spread(before))).hasSize(KEYS);
    for (int task = 0; task < after; task++) {
      for (long key : restored.get(task).keys()) {
        assertThat(taskOf(key, after)).isEqualTo(task);
      }
    }
  }

  @Test
  void shouldGiveNumbersOfACounterAnew() {
    Instance restored = rescale(spread(3), 1).get(0);

    assertThat(restored.rows.size()).isEqualTo(KEYS);
    assertThat(restored.counter.get()).isGreaterThanOrEqualTo(KEYS);
    assertThat(restored.greatestRow()).isEqualTo(restored.counter.get());
  }

  @Test
  void shouldTakeTheGreatestValueWhereTheSignIsTurnedAround() {
    List<Instance> saved = spread(2);
    saved.get(0).value.set(Long.MIN_VALUE ^ 5);
    saved.get(1).value.set(Long.MIN_VALUE ^ -7);

    List<Instance> restored = rescale(saved, 3);

    assertThat(restored).extracting(it -> it.value.get() ^ Long.MIN_VALUE).containsOnly(5L);
  }

  @Test
  void shouldLeaveOutWhatIsDerivedOrRefersToKeysThatAreGone() {
    Instance saved = new Instance();
    saved.add(1);
    saved.add(2);
    saved.derived.pane(5).resolve(saved.key(1), 0, 1, new int[1]);
    saved.index(9, saved.number(2));
    saved.remove(2);

    Instance restored = rescale(List.of(saved), 2).get(taskOf(1, 2));

    assertThat(restored.derived.isEmpty()).isTrue();
    assertThat(restored.buffer.size()).isEqualTo(1);
  }

  @Test
  void shouldRefuseATableThatDoesNotSayWhereItsKeysBelong() {
    SlotTableSpec spec = new SlotTableSpec("t", 1, List.of(DataType.BIGINT), List.of());
    StateInventory from = new StateInventory(new HeapStateBackend());
    from.slotTable(spec).resolve(new Column[] {new LongColumn(1)}, 0, 1, new int[1]);
    List<StateInventory> to = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      to.add(new StateInventory(new HeapStateBackend()));
      to.get(task).slotTable(spec);
    }

    assertThatThrownBy(() -> new Rescaling(to, keys(2)).take(from))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("table 't' does not say to which task its keys belong");
  }

  private static List<Instance> spread(int tasks) {
    List<Instance> instances = instances(tasks);
    for (long key = 0; key < KEYS; key++) {
      instances.get(taskOf(key, tasks)).add(key);
    }
    return instances;
  }

  private static List<Instance> instances(int tasks) {
    return IntStream.range(0, tasks).mapToObj(task -> new Instance()).toList();
  }

  private static List<Instance> rescale(List<Instance> saved, int tasks) {
    List<Instance> restored = instances(tasks);
    Rescaling rescaling =
        new Rescaling(restored.stream().map(it -> it.states).toList(), keys(tasks));
    saved.forEach(part -> rescaling.take(part.states));
    return restored;
  }

  private static TaskKeys keys(int tasks) {
    return tasks == 1 ? TaskKeys.ONE_TASK : new TaskKeys(List.of(List.of(4)), tasks);
  }

  private static int taskOf(long key, int tasks) {
    LongColumn column = new LongColumn(1);
    column.put(0, key);
    return KeyGroups.task(KeyHash.hash(new Column[] {column}, 1, 0), tasks);
  }

  private static Map<Long, String> contents(List<Instance> instances) {
    Map<Long, String> contents = new TreeMap<>();
    instances.forEach(instance -> contents.putAll(instance.contents()));
    return contents;
  }

  /** States of all kinds, of which each key of the groups has some. */
  private static final class Instance {
    private final StateInventory states = new StateInventory(new HeapStateBackend());
    private final SlotTable groups =
        states.slotTable(
            new SlotTableSpec(
                    "groups",
                    1,
                    List.of(DataType.BIGINT),
                    List.of(
                        StateType.of("total", DataType.BIGINT),
                        StateType.of("row", new KeyNumber("rows", 1))))
                .keyedBy(List.of(4)));
    private final SlotTable rows =
        states.slotTable(
            new SlotTableSpec(
                    "rows", 1, List.of(DataType.BIGINT), List.of(StateType.of("group", GROUP)))
                .numberedBy("counter"));
    private final Panes panes = states.panes(new PanesSpec(pane("panes")));
    private final Panes derived = states.panes(new PanesSpec(pane("derived"), true));
    private final RowLog log =
        states.rowLog(
            new RowLogSpec("log", 1, List.of(DataType.BIGINT), "groups", Map.of(0, GROUP)));
    private final SortBuffer buffer =
        states.sortBuffer(
            new SortBufferSpec(
                "buffer", 1, List.of(DataType.BIGINT, DataType.BIGINT), Map.of(0, GROUP)));
    private final LongValue counter = states.longValue("counter");
    private final LongValue value = states.longValue("value");
    private final int[] slot = new int[1];
    private long indexed;

    private static SlotTableSpec pane(String name) {
      return new SlotTableSpec(
              name, 1, List.of(DataType.BIGINT), List.of(StateType.of("n", DataType.BIGINT)))
          .keyedBy(List.of(4));
    }

    Column[] key(long key) {
      LongColumn column = new LongColumn(1);
      column.put(0, key);
      return new Column[] {column};
    }

    int number(long key) {
      return groups.find(key(key), 0);
    }

    void add(long key) {
      groups.resolve(key(key), 0, 1, slot);
      int group = slot[0];
      counter.set(counter.get() + 1);
      rows.resolve(key(counter.get()), 0, 1, slot);
      set(rows.field(0), slot[0], group);
      set(groups.field(0), group, 10 * key);
      set(groups.field(1), group, slot[0] + 1L);
      panes.pane(key % 7).resolve(key(key), 0, 1, slot);
      set(panes.pane(key % 7).field(0), slot[0], 3 * key);
      for (int i = 0; i < key % 3; i++) {
        log.append(group, key + i, key(group), 0);
      }
      index(key % 5, group);
    }

    void index(long time, long group) {
      Schema schema =
          Schema.of(new Field("group", DataType.BIGINT), new Field("n", DataType.BIGINT));
      Timeline timeline = new SourceTimeline();
      RowBuffer row = new RowBuffer(schema, 1, timeline);
      row.append(time, 0);
      set(row.column(0), 0, group);
      set(row.column(1), 0, indexed++);
      Batch batch = row.batch(timeline, timeline);
      buffer.add(batch, 0);
    }

    void remove(long key) {
      int group = number(key);
      rows.remove((int) get(groups.field(1), group) - 1);
      log.clear(group);
      groups.remove(group);
    }

    private static void set(Column column, int row, long value) {
      ((LongColumn) column).put(row, value);
    }

    private static long get(Column column, int row) {
      return ((LongColumn) column).values()[row];
    }

    List<Long> keys() {
      return IntStream.range(0, groups.limit()).mapToObj(i -> get(groups.key(0), i)).toList();
    }

    long greatestRow() {
      return IntStream.range(0, rows.limit()).mapToLong(i -> get(rows.key(0), i)).max().orElse(0);
    }

    /** What each key has. */
    Map<Long, String> contents() {
      Map<Long, String> contents = new TreeMap<>();
      for (int group = 0; group < groups.limit(); group++) {
        long key = get(groups.key(0), group);
        int row = (int) get(groups.field(1), group) - 1;
        int pane = panes.pane(key % 7).find(key(key), 0);
        StringBuilder text = new StringBuilder("total " + get(groups.field(0), group));
        text.append(", row of itself ").append(get(rows.field(0), row) == group);
        text.append(", pane ").append(get(panes.pane(key % 7).field(0), pane));
        for (long o = log.first(group); o < log.end(group); o++) {
          boolean isOwn = get(log.columns(group, o)[0], log.index(group, o)) == group;
          text.append(", log ").append(log.time(group, o)).append(' ').append(isOwn);
        }
        contents.put(key, text.toString());
      }
      Schema schema =
          Schema.of(new Field("group", DataType.BIGINT), new Field("n", DataType.BIGINT));
      RowBuffer drained = new RowBuffer(schema, KEYS, new SourceTimeline());
      buffer.drainTo(Long.MAX_VALUE, KEYS, drained, 0);
      for (int i = 0; i < drained.size(); i++) {
        long key = get(groups.key(0), (int) get(drained.column(0), i));
        contents.merge(key, ", index " + drained.rowtimes()[i], String::concat);
      }
      return contents;
    }
  }
}
