package io.millrace.operators.analytic;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is kept of each partition: its rows, as long as a frame may look at them, the frames that
 * move over them, and its rankings.
 */
final class Partitions {
  static final String TABLE = "partitions";
  private static final int VERSION = 1;
  private static final int ROWS = 0;
  private static final int TIME = 1;
  private static final int NEXT = 2;
  private static final int EXPIRY = 3;
  private static final int FIXED = 4;

  private final SlotTable table;
  private final RowLog log;
  private final boolean logs;
  private final boolean holds;
  private final RankState rankings;
  private final List<MovingFrame> frames = new ArrayList<>();
  private final int limited;
  private final String suffix;
  private int bound;

  /** How many rows wait; negative until it is asked for, since it follows from what is there. */
  private long waiting = -1;

  /** Whether others were asked for since the slots of the present batch's rows were. */
  private boolean anyAskedFor;

  /** The frames that end with the row itself; the one that cannot give a row back comes last. */
  private final List<MovingFrame> own;

  /**
   * @param suffix what tells the names of its states from those of other parts
   */
  Partitions(
      AnalyticSpec spec,
      LogColumns columns,
      String suffix,
      OperatorContext context,
      KernelLoader loader) {
    this.suffix = suffix;
    this.holds = spec.holdsRows();
    this.logs = holds || spec.frames().stream().anyMatch(f -> f.bounds().readsLog());
    List<StateType> fields = new ArrayList<>();
    for (String name : List.of("rows", "time", "next", "expiry")) {
      fields.add(StateType.of(name, DataType.BIGINT));
    }
    fields.addAll(RankState.fields(spec.rankings()));
    List<Integer> firstFields = new ArrayList<>();
    for (int i = 0; i < spec.frames().size(); i++) {
      firstFields.add(fields.size());
      fields.addAll(MovingFrame.fields(spec.frames().get(i), i));
    }
    limited = fields.size();
    if (spec.limitMillis() > 0) {
      fields.add(StateType.of("limited", DataType.BIGINT));
    }
    table =
        context
            .state()
            .slotTable(
                new SlotTableSpec(named(TABLE), VERSION, spec.types(spec.partition()), fields)
                    .keyedBy(spec.partition()));
    log =
        context
            .state()
            .rowLog(
                new RowLogSpec(
                    named("rows"), VERSION, columns.types(), named(TABLE), columns.numbers()));
    rankings = new RankState(spec.rankings(), table, FIXED);
    for (int i = 0; i < spec.frames().size(); i++) {
      FramedAggregates frame = spec.frames().get(i);
      int[] inLog = frame.bounds().readsLog() ? columns.argumentsOf(frame) : new int[0];
      frames.add(
          new MovingFrame(
              frame, firstFields.get(i), inLog, table, log, loader, context.evaluation()));
    }
    own =
        frames.stream()
            .filter(frame -> frame.bounds().endsWithRow())
            .sorted(Comparator.comparing(frame -> frame.bounds().isUnbounded()))
            .toList();
  }

  /** The name of a state of this part. */
  String named(String state) {
    return state + suffix;
  }

  SlotTable table() {
    return table;
  }

  RowLog log() {
    return log;
  }

  List<MovingFrame> frames() {
    return frames;
  }

  RankState rankings() {
    return rankings;
  }

  private long[] field(int index) {
    return ((LongColumn) table.field(index)).values();
  }

  /** Finds the slots of a batch's rows. */
  void of(Batch batch, Column[] keys, int[] slots, LogColumns columns) {
    table.resolve(keys, 0, batch.size(), slots);
    anyAskedFor = false;
    bind();
    for (MovingFrame frame : own) {
      frame.of(batch, columns);
    }
  }

  /** Takes the arrays of the table. */
  private void bind() {
    frames.forEach(MovingFrame::bind);
    bound = table.generation();
  }

  /** Whether the slots of the present batch's rows are what {@link #of} has found. */
  boolean hasSlotsOfBatch() {
    return !anyAskedFor;
  }

  /** The slot of a partition. Those that were found before may not be valid any more. */
  int slot(int number) {
    anyAskedFor = true;
    int slot = table.slot(number);
    if (bound != table.generation()) {
      bind();
    }
    return slot;
  }

  /** As {@link #slot}, of a partition that is about to change. */
  int toChange(int number) {
    int slot = slot(number);
    table.touch(slot);
    return slot;
  }

  /** How many rows a partition has taken. */
  long rows(int slot) {
    return field(ROWS)[slot];
  }

  /** The time of the newest row, if there is one. */
  long time(int slot) {
    return field(TIME)[slot];
  }

  /** The ordinal of the first row that waits; in a snapshot it is counted from the log's first. */
  long next(int slot, int number) {
    return log.first(number) + field(NEXT)[slot];
  }

  /** Says that the first row that waits has been sent. */
  void sent(int slot) {
    field(NEXT)[slot]++;
    waiting -= waiting > 0 ? 1 : 0;
  }

  /** How many rows of all partitions wait. They are counted once, and when they come and go. */
  long waiting() {
    if (waiting < 0) {
      waiting = 0;
      for (int number = 0; holds && number < table.limit(); number++) {
        if (table.isUsed(number)) {
          waiting += log.end(number) - next(slot(number), number);
        }
      }
    }
    return waiting;
  }

  boolean isWaiting(int slot, int number) {
    return holds && next(slot, number) < log.end(number);
  }

  /** Whether so many rows with values have come behind the first row that waits. */
  boolean haveValues(int slot, int number) {
    for (MovingFrame frame : frames) {
      if (frame.bounds().countsValues() && !frame.fills(slot, number, next(slot, number))) {
        return false;
      }
    }
    return true;
  }

  /** Adds the rows that wait and are not behind a time, in their order. */
  void addHeld(int slot, int number, long upTo, LogColumns columns, List<HeldRow> rows) {
    for (long ordinal = next(slot, number); ordinal < log.end(number); ordinal++) {
      long time = log.time(number, ordinal);
      if (time > upTo) {
        return;
      }
      Column[] row = log.columns(number, ordinal);
      int at = log.index(number, ordinal);
      rows.add(new HeldRow(number, time, columns.cause(row, at), columns.number(row, at)));
    }
  }

  /** Whether there is a limit to the waiting of the first row that waits. */
  boolean isLimited(int slot) {
    return field(limited)[slot] != 0;
  }

  void limited(int slot, boolean isLimited) {
    field(limited)[slot] = isLimited ? 1 : 0;
  }

  /** Tells the entry among the deadlines by which the partition is looked at; 0 if none does. */
  long expiry(int slot) {
    return field(EXPIRY)[slot];
  }

  void expiry(int slot, long id) {
    field(EXPIRY)[slot] = id;
  }

  /**
   * Takes a row into the frames that end with it; false if one refuses it, which leaves no trace.
   */
  boolean take(int row, int slot, int number, RowErrors errors) {
    long ordinal = log.end(number);
    for (int i = 0; i < own.size(); i++) {
      if (!own.get(i).take(row, slot, number, ordinal, errors)) {
        for (MovingFrame before : own.subList(0, i)) {
          before.giveBack(slot, number, ordinal);
        }
        return false;
      }
    }
    return true;
  }

  /** Puts a row that was taken behind the others, and gives its ordinal. */
  long append(int row, int slot, int number, long time, LogColumns columns) {
    field(ROWS)[slot]++;
    field(TIME)[slot] = time;
    long ordinal = log.end(number);
    if (logs) {
      log.append(number, time, columns.columns(), row);
    }
    waiting += waiting >= 0 && holds ? 1 : 0;
    return ordinal;
  }

  /** Moves the frames that look at times to that of a row that may come next. */
  void moveTo(int slot, int number, long time) {
    for (MovingFrame frame : frames) {
      if (frame.bounds().isDistance()) {
        frame.moveTo(slot, number, log.end(number), time);
      }
    }
  }

  /** Forgets the rows that no frame looks at any more. */
  void trim(int slot, int number) {
    if (!logs) {
      return;
    }
    long done = holds ? field(NEXT)[slot] : log.size(number);
    for (MovingFrame frame : frames) {
      if (frame.bounds().readsLog()) {
        done = Math.min(done, frame.done(slot));
      }
    }
    int rows = Math.toIntExact(done);
    if (rows > 0) {
      log.dropFirst(number, rows);
      field(NEXT)[slot] -= holds ? rows : 0;
      for (MovingFrame frame : frames) {
        if (frame.bounds().readsLog()) {
          frame.dropped(slot, rows);
        }
      }
    }
  }

  void remove(int slot, int number) {
    log.clear(number);
    table.remove(slot);
  }
}
