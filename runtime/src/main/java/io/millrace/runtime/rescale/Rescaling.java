package io.millrace.runtime.rescale;

import io.millrace.runtime.rescale.StateInventory.Declared;
import io.millrace.spi.data.Batch;
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
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Takes the state of an operator over from the tasks that it had, one after the other, into those
 * that it has.
 *
 * <ul>
 *   <li>A key of a table goes to the task that gets its rows from now on, where it has another
 *       number. Keys of one part keep their order, so what depends on the order of numbers (that of
 *       groups that one row began, as grouping sets do) stays as it was.
 *   <li>What refers to keys goes where they go, with their new numbers: rows of logs, entries of
 *       indexes, links between keys. Rows of an index at equal times stay in the order of their
 *       part, and parts in theirs.
 *   <li>Keys that a counter gave get new numbers from it.
 *   <li>A single value becomes the greatest of all.
 *   <li>Derived panes are left out.
 * </ul>
 */
public final class Rescaling {
  private static final int CHUNK = 1_024;
  private final List<StateInventory> targets;
  private final TaskKeys keys;
  private final int[] slot = new int[1];

  /**
   * @param targets the new tasks' states, which are empty
   * @param keys by what rows are spread over these
   */
  public Rescaling(List<StateInventory> targets, TaskKeys keys) {
    if (targets.size() != keys.tasks()) {
      throw new IllegalArgumentException(targets.size() + " states for " + keys.tasks());
    }
    this.targets = List.copyOf(targets);
    this.keys = keys;
  }

  /** Takes the state of the next part, which is not used any more. */
  public void take(StateInventory part) {
    part.values().forEach(this::takeValue);
    MovedKeys moved = new MovedKeys();
    part.tables().values().forEach(table -> takeKeys(table, moved));
    part.tables().values().forEach(table -> takeFields(table, moved));
    part.allPanes().values().forEach(this::takePanes);
    part.logs().values().forEach(log -> takeLog(log, moved));
    part.buffers().values().forEach(buffer -> takeBuffer(buffer, moved));
  }

  private void takeValue(String name, LongValue from) {
    for (StateInventory target : targets) {
      LongValue to = target.value(name);
      if (Long.compareUnsigned(from.get(), to.get()) > 0) {
        to.set(from.get());
      }
    }
  }

  private void takeKeys(Declared<SlotTableSpec, SlotTable> declared, MovedKeys moved) {
    SlotTableSpec spec = declared.spec();
    SlotTable from = declared.state();
    KeyRoute route = new KeyRoute(spec, keys);
    OneRow key = new OneRow(spec.keys());
    MovedKeys.Table table = moved.begin(spec.name(), from.limit());
    for (int number = 0; number < from.limit(); number++) {
      if (from.isUsed(number)) {
        int at = from.slot(number);
        int task = route.task(from, at, moved);
        SlotTable to = targets.get(task).table(spec.name());
        if (spec.counter().isEmpty()) {
          takeKey(from, at, key);
        } else {
          LongValue counter = targets.get(task).value(spec.counter());
          counter.set(counter.get() + 1);
          key.put(0, counter.get());
        }
        table.put(number, task, to.number(add(key, to)));
      }
    }
  }

  private static void takeKey(SlotTable from, int at, OneRow key) {
    for (int i = 0; i < key.columns().length; i++) {
      key.columns()[i].copy(from.key(i), at, 0);
    }
  }

  /** Adds a key to a table and gives its slot. */
  private int add(OneRow key, SlotTable to) {
    int size = to.size();
    to.resolve(key.columns(), 0, 1, slot);
    if (to.size() == size) {
      throw new IllegalStateException("two parts of a state have the same key");
    }
    return slot[0];
  }

  private void takeFields(Declared<SlotTableSpec, SlotTable> declared, MovedKeys moved) {
    SlotTableSpec spec = declared.spec();
    SlotTable from = declared.state();
    MovedKeys.Table table = moved.table(spec.name());
    for (int number = 0; number < from.limit(); number++) {
      if (from.isUsed(number)) {
        int task = table.tasks()[number];
        SlotTable to = targets.get(task).table(spec.name());
        int target = to.slot(table.numbers()[number]);
        takeFields(spec.fields(), from, from.slot(number), to, target);
        for (int i = 0; i < spec.fields().size(); i++) {
          KeyNumber refers = spec.fields().get(i).number();
          if (refers != null) {
            long[] values = ((LongColumn) to.field(i)).values();
            values[target] = moved.renumber(refers, values[target], task);
          }
        }
        to.touch(target);
      }
    }
  }

  private static void takeFields(
      List<StateType> fields, SlotTable from, int at, SlotTable to, int target) {
    for (int i = 0; i < fields.size(); i++) {
      to.field(i).copy(from.field(i), at, target);
    }
  }

  private void takePanes(Declared<PanesSpec, Panes> declared) {
    if (declared.spec().isDerived()) {
      return;
    }
    SlotTableSpec spec = declared.spec().table();
    KeyRoute route = new KeyRoute(spec, keys);
    OneRow key = new OneRow(spec.keys());
    Panes panes = declared.state();
    for (long time = panes.firstTime(); time != Long.MAX_VALUE; time = panes.nextTime(time)) {
      SlotTable from = panes.pane(time);
      for (int number = 0; number < from.limit(); number++) {
        if (from.isUsed(number)) {
          int at = from.slot(number);
          int task = route.task(from, at, new MovedKeys());
          SlotTable to = targets.get(task).panes(spec.name()).pane(time);
          takeKey(from, at, key);
          takeFields(spec.fields(), from, at, to, add(key, to));
        }
      }
    }
  }

  private void takeLog(Declared<RowLogSpec, RowLog> declared, MovedKeys moved) {
    RowLogSpec spec = declared.spec();
    RowLog from = declared.state();
    OneRow row = new OneRow(spec.columns());
    MovedKeys.Table table = moved.table(spec.table());
    for (int number = 0; number < table.tasks().length; number++) {
      for (long ordinal = from.first(number); ordinal < from.end(number); ordinal++) {
        int task = table.tasks()[number];
        row.take(
            from.columns(number, ordinal),
            from.index(number, ordinal),
            spec.numbers(),
            moved,
            task);
        RowLog to = targets.get(task).log(spec.name());
        to.append(table.numbers()[number], from.time(number, ordinal), row.columns(), 0);
      }
    }
  }

  private void takeBuffer(Declared<SortBufferSpec, SortBuffer> declared, MovedKeys moved) {
    SortBufferSpec spec = declared.spec();
    Timeline timeline = new SourceTimeline();
    RowBuffer rows = new RowBuffer(schema(spec), CHUNK, timeline);
    OneRow row = new OneRow(spec.columns());
    while (declared.state().drainTo(Long.MAX_VALUE, CHUNK, rows, 0) > 0) {
      for (int i = 0; i < rows.size(); i++) {
        int task = task(spec, rows, i, moved);
        if (task >= 0) {
          row.take(rows.columns(), i, spec.numbers(), moved, task);
          for (int c = 0; c < row.columns().length; c++) {
            rows.column(c).copy(row.columns()[c], 0, i);
          }
          Batch batch = rows.batchWithPlaces(timeline, timeline);
          targets.get(task).buffer(spec.name()).add(batch, i);
        }
      }
      rows.clear();
    }
  }

  private static Schema schema(SortBufferSpec spec) {
    return new Schema(
        IntStream.range(0, spec.columns().size())
            .mapToObj(i -> new Field("c" + i, spec.columns().get(i)))
            .toList());
  }

  /** The task of a row of an index; -1 if a key that it refers to is gone. */
  private int task(SortBufferSpec spec, RowBuffer rows, int row, MovedKeys moved) {
    if (spec.isOfInput()) {
      return KeyRoute.taskOfRow(rows.columns(), row, keys);
    }
    int task = -1;
    for (Map.Entry<Integer, KeyNumber> reference : spec.numbers().entrySet()) {
      long value = ((LongColumn) rows.column(reference.getKey())).values()[row];
      if (!moved.isThere(reference.getValue(), value)) {
        return -1;
      }
      task = moved.task(reference.getValue(), value);
    }
    if (spec.numbers().isEmpty()) {
      throw new IllegalStateException("index '" + spec.name() + "' does not say what is in it");
    }
    return task;
  }
}
