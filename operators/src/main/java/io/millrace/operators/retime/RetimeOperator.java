package io.millrace.operators.retime;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.RetimedTimeline;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.StandingTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a turn, and sends them at its end, when it is known how far the watermark goes
 * in it. A row stays where it is among the others.
 */
final class RetimeOperator implements Operator, RetimedTimeline.Keeper {
  private static final int VERSION = 1;

  /** Stands for all partitions among their numbers. */
  private static final int ALL = -1;

  private final RetimeSpec spec;
  private RetimedTimeline timeline;

  /** How far each partition has come, and all of them. */
  private SlotTable table;

  /** What was measured of the disorder of each partition; null where the slack is fixed. */
  private @Nullable MeasuredTable measured;

  private final LongColumn[] key = {new LongColumn(1)};
  private final int[] slot = new int[1];

  /** The partition of the rows of each lane of the input. */
  private int[] partitions = {0};

  private int batchSize;

  /** The rows of this turn, each time of one partition. */
  private final List<Rows> turn = new ArrayList<>();

  private int used;

  /** Where the last row of the turn is: -1 if there is none. */
  private int position = -1;

  private long moment;

  /** Whether a row of an earlier moment is at the position. */
  private boolean isBehindMoment;

  /** What there was before the rows of the moment: by partition, then of all. */
  private long[] reachedBefore = new long[0];

  private static final class Rows {
    final RowBuffer buffer;
    int partition;

    /** The watermark by which they are late; {@code NEVER} if it is that at their positions. */
    long lateBy;

    Rows(RowBuffer buffer) {
      this.buffer = buffer;
    }
  }

  RetimeOperator(RetimeSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    timeline = (RetimedTimeline) context.outputTimeline();
    table =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                    "partitions",
                    VERSION,
                    List.of(DataType.BIGINT),
                    List.of(StateType.of("reached", DataType.BIGINT))));
    measured =
        spec.slack() instanceof Slack.Fixed
            ? null
            : new MeasuredTable(context.state(), timeline.partitionCount());
    int[] ofLanes = context.lanesOf(0);
    partitions = ofLanes.length == 0 ? partitions : ofLanes;
    batchSize = context.batchSize();
    timeline.keptBy(this);
  }

  @Override
  public long reached(int partition) {
    key[0].put(0, partition);
    int found = table.find(key, 0);
    return found < 0 ? Timeline.NEVER : ((LongColumn) table.field(0)).values()[found];
  }

  @Override
  public long reached() {
    return reached(ALL);
  }

  @Override
  public long[] measured(int partition) {
    return measured == null ? new long[0] : measured.read(partition);
  }

  private void keep(int partition, long watermark) {
    if (reached(partition) != watermark) {
      table.resolve(key, 0, 1, slot);
      ((LongColumn) table.field(0)).put(slot[0], watermark);
    }
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    LongColumn times = (LongColumn) batch.column(spec.column());
    for (int row = 0; row < batch.size(); row++) {
      long time = times.values()[row];
      if (times.isNull(row)) {
        fail(batch, row, "is NULL", output);
      } else if (!RowTimes.isInRange(time)) {
        fail(batch, row, RowTimes.problem(time), output);
      } else {
        add(batch, row, time);
      }
    }
  }

  private void fail(Batch batch, int row, String problem, Output output) {
    output.fail(
        batch, row, "the time column '" + spec.output().name(spec.column()) + "' " + problem);
  }

  private void add(Batch batch, int row, long rowtime) {
    int partition = partitions[Math.min(batch.lane(row), partitions.length - 1)];
    moveTo(batch.position(row), batch.moment(row));
    RowBuffer rows = rows(partition);
    rows.append(batch, row);
    int added = rows.size() - 1;
    rows.rowtimes()[added] = rowtime;
    rows.positions()[added] = position;
    rows.moment(added, moment); // which says nothing of the time that the row has now
    rows.lane(added, Math.min(partition, Batch.MAX_LANE));
    timeline.add(partition, position, rowtime);
  }

  /**
   * Comes to the place of a row. One advance may bring rows of several moments about: what comes at
   * a later one has seen the others, as if it had been brought about by an advance of its own.
   */
  private void moveTo(int nextPosition, long nextMoment) {
    boolean isSame = nextPosition == position;
    if (isSame && nextMoment == moment) {
      return;
    }
    isBehindMoment = isSame;
    position = nextPosition;
    moment = nextMoment;
    if (isBehindMoment) {
      int count = timeline.partitionCount();
      reachedBefore = reachedBefore.length > count ? reachedBefore : new long[count + 1];
      for (int i = 0; i < count; i++) {
        reachedBefore[i] = timeline.reached(i);
      }
      reachedBefore[count] = timeline.reached();
    }
  }

  private RowBuffer rows(int partition) {
    Rows last = used == 0 ? null : turn.get(used - 1);
    long lateBy =
        isBehindMoment
            ? Math.max(reachedBefore[partition], reachedBefore[timeline.partitionCount()])
            : Timeline.NEVER;
    if (last == null
        || last.partition != partition
        || last.lateBy != lateBy
        || last.buffer.size() == batchSize) {
      if (used == turn.size()) {
        turn.add(new Rows(new RowBuffer(spec.output(), 16, timeline)));
      }
      last = turn.get(used++);
      last.partition = partition;
      last.lateBy = lateBy;
    }
    return last.buffer;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline input, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        keepTime();
        for (int i = 0; i < used; i++) {
          Rows rows = turn.get(i);
          Timeline lateness =
              rows.lateBy == Timeline.NEVER
                  ? timeline.latenessOf(rows.partition)
                  : new StandingTimeline(timeline, rows.lateBy);
          output.emit(rows.buffer.batch(timeline, lateness));
        }
      } finally {
        endTurn();
      }
    }
    return false;
  }

  private void keepTime() {
    for (int i = 0; i < timeline.partitionCount(); i++) {
      keep(i, timeline.reached(i));
    }
    if (timeline.partitionCount() > 1) {
      keep(ALL, timeline.reached());
    }
    if (measured != null) {
      for (int i = 0; i < used; i++) {
        int partition = turn.get(i).partition;
        measured.keep(partition, timeline.measured(partition));
      }
    }
  }

  /** Forgets the rows; memory of one batch stays. */
  private void endTurn() {
    for (int i = 0; i < used; i++) {
      turn.get(i).buffer.clear();
    }
    used = 0;
    position = -1;
    while (turn.size() > 1) {
      turn.remove(turn.size() - 1);
    }
  }
}
