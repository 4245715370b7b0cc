package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.testkit.RandomValues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row log beside a queue for each slot. */
final class RowLogModel {
  private static final int[] BURSTS = {1, 1, 1, 2, 3, 8, 40, 700, 1_024, 3_000};

  private final RowLogSpec spec;
  private final Map<Integer, ArrayDeque<Row>> queues = new TreeMap<>();
  private final Map<Integer, Long> firsts = new TreeMap<>();
  private RowLog log;

  private record Row(long time, List<@Nullable Object> values) {}

  RowLogModel(RowLogSpec spec, RowLog log) {
    this.spec = spec;
    this.log = log;
  }

  static Step<RowLogModel> step(RowLogSpec spec, Random random) {
    int slot = random.nextInt(4) * random.nextInt(10);
    int kind = random.nextInt(10);
    if (kind < 5) {
      RandomValues values = new RandomValues(random);
      int count = BURSTS[random.nextInt(BURSTS.length)];
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < Math.min(count, 5); i++) {
        List<@Nullable Object> row = new ArrayList<>();
        spec.columns().forEach(type -> row.add(values.nullable(type)));
        rows.add(row);
      }
      boolean oneByOne = random.nextBoolean();
      return new Step<>(
          "append " + count + " of " + rows + " to " + slot + (oneByOne ? " one by one" : ""),
          m -> m.append(slot, count, rows, oneByOne));
    }
    if (kind == 5) {
      long seed = random.nextLong();
      int count = BURSTS[random.nextInt(BURSTS.length)];
      return new Step<>(
          "replace rows " + count + " times by seed " + seed,
          m -> m.replaceEach(new Random(seed), count));
    }
    if (kind < 7) {
      int rest = random.nextInt(3);
      return new Step<>(
          "drop to " + rest + " beside a multiple of 1024 in " + slot, m -> m.dropNear(slot, rest));
    }
    if (kind < 9) {
      int percent = random.nextInt(4) == 0 ? 100 : random.nextInt(100);
      return new Step<>("drop " + percent + "% of " + slot, m -> m.drop(slot, percent));
    }
    return new Step<>("clear " + slot, m -> m.clear(slot));
  }

  void rebind(RowLog restored) {
    log = restored;
  }

  private void append(int slot, int count, List<List<@Nullable Object>> rows, boolean oneByOne) {
    List<List<@Nullable Object>> all = new ArrayList<>();
    long[] times = new long[1 + count];
    ArrayDeque<Row> queue = queues.computeIfAbsent(slot, s -> new ArrayDeque<>());
    for (int i = 0; i < count; i++) {
      all.add(rows.get(i % rows.size()));
      times[1 + i] = 1000L * slot + log.end(slot) + i;
      queue.add(new Row(times[1 + i], all.get(i)));
    }
    Column[] columns = RowColumns.of(spec.columns(), all, 1);
    if (!oneByOne) {
      log.appendAll(slot, times, columns, 1, 1 + count);
      return;
    }
    for (int row = 1; row <= count; row++) {
      log.append(slot, times[row], columns, row);
    }
  }

  /**
   * Gathers rows of any slots, then adds one to each of these; some take the place of the oldest.
   */
  private void replaceEach(Random random, int count) {
    RandomValues values = new RandomValues(random);
    int[] slots = new int[1 + count];
    boolean[] drops = new boolean[1 + count];
    long[] times = new long[1 + count];
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Map<Integer, Integer> rest = new TreeMap<>();
    Map<Integer, Integer> added = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      int slot = random.nextInt(4) * random.nextInt(10);
      List<@Nullable Object> row = new ArrayList<>();
      boolean isNull = random.nextInt(3) == 0;
      spec.columns().forEach(type -> row.add(isNull ? values.nullable(type) : values.value(type)));
      rows.add(row);
      slots[1 + i] = slot;
      int held = rest.computeIfAbsent(slot, log::size);
      drops[1 + i] = held > 0 && random.nextInt(4) > 0;
      rest.put(slot, drops[1 + i] ? held - 1 : held);
      times[1 + i] = 1000L * slot + log.end(slot) + added.merge(slot, 1, Integer::sum) - 1;
    }
    gather(count);
    log.replaceEach(slots, drops, times, RowColumns.of(spec.columns(), rows, 1), 1, 1 + count);
    for (int i = 0; i < count; i++) {
      int slot = slots[1 + i];
      ArrayDeque<Row> queue = queues.computeIfAbsent(slot, s -> new ArrayDeque<>());
      if (drops[1 + i]) {
        queue.remove();
        firsts.merge(slot, 1L, Long::sum);
      }
      queue.add(new Row(times[1 + i], rows.get(i)));
    }
  }

  private void gather(int count) {
    int[] slots = new int[count];
    long[] ordinals = new long[count];
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (Map.Entry<Integer, ArrayDeque<Row>> slot : queues.entrySet()) {
      int size = Math.min(slot.getValue().size(), 3);
      Iterator<Row> oldest = slot.getValue().iterator();
      for (int i = 0; i < size && expected.size() < count; i++) {
        slots[expected.size()] = slot.getKey();
        ordinals[expected.size()] = log.first(slot.getKey()) + i;
        expected.add(oldest.next().values);
      }
    }
    Column[] target =
        spec.columns().stream().map(type -> Column.of(type.layout(), 2)).toArray(Column[]::new);
    for (int times = 0; times < 2; times++) {
      log.gather(slots, ordinals, expected.size(), target);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(RowColumns.row(target, i)).isEqualTo(expected.get(i));
      }
    }
  }

  private void drop(int slot, int percent) {
    dropFirst(slot, log.size(slot) * percent / 100);
  }

  private void dropNear(int slot, int rest) {
    long target = ((log.first(slot) + 1024) & -1024) + rest - 1;
    dropFirst(slot, (int) Math.max(0, Math.min(target, log.end(slot)) - log.first(slot)));
  }

  private void dropFirst(int slot, int count) {
    ArrayDeque<Row> queue = queues.computeIfAbsent(slot, s -> new ArrayDeque<>());
    log.dropFirst(slot, count);
    for (int i = 0; i < count; i++) {
      queue.remove();
      firsts.merge(slot, 1L, Long::sum);
    }
  }

  private void clear(int slot) {
    log.clear(slot);
    queues.remove(slot);
    firsts.remove(slot);
  }

  void verify() {
    for (int slot = 0; slot < 40; slot++) {
      ArrayDeque<Row> queue = queues.getOrDefault(slot, new ArrayDeque<>());
      long first = firsts.getOrDefault(slot, 0L);
      assertThat(log.first(slot)).as("first of slot %s", slot).isEqualTo(first);
      assertThat(log.end(slot)).as("end of slot %s", slot).isEqualTo(first + queue.size());
      verifyRows(slot, queue.iterator());
    }
  }

  private void verifyRows(int slot, Iterator<Row> expected) {
    long to;
    for (long from = log.first(slot); from < log.end(slot); from = to) {
      to = log.runEnd(slot, from);
      assertThat(to).isGreaterThan(from);
      Column[] columns = log.columns(slot, from);
      int index = log.index(slot, from);
      for (long ordinal = from; ordinal < to; ordinal++) {
        Row row = expected.next();
        if (log.time(slot, ordinal) != row.time
            || log.times(slot, from)[index + (int) (ordinal - from)] != row.time
            || log.columns(slot, ordinal) != columns
            || log.index(slot, ordinal) != index + (ordinal - from)
            || !RowColumns.row(columns, index + (int) (ordinal - from)).equals(row.values)) {
          throw new AssertionError("row " + ordinal + " of slot " + slot + " is not " + row);
        }
      }
    }
  }

  long entries() {
    return queues.values().stream().mapToLong(ArrayDeque::size).sum();
  }
}
