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

  private static final class Rows {
    final RowBuffer buffer;
    int partition;

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
    int position = batch.position(row);
    long moment = batch.moment(row);
    RowBuffer rows = rows(partition);
    rows.append(batch, row);
    int added = rows.size() - 1;
    rows.rowtimes()[added] = rowtime;
    rows.positions()[added] = position;
    rows.moment(added, moment); // which says nothing of the time that the row has now
    rows.lane(added, Math.min(partition, Batch.MAX_LANE));
    timeline.add(partition, position, moment, rowtime);
  }

  private RowBuffer rows(int partition) {
    Rows last = used == 0 ? null : turn.get(used - 1);
    if (last == null || last.partition != partition || last.buffer.size() == batchSize) {
      if (used == turn.size()) {
        turn.add(new Rows(new RowBuffer(spec.output(), 16, timeline)));
      }
      last = turn.get(used++);
      last.partition = partition;
    }
    return last.buffer;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline input, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        timeline.complete();
        keepTime();
        for (int i = 0; i < used; i++) {
          Rows rows = turn.get(i);
          output.emit(rows.buffer.batch(timeline, timeline.latenessOf(rows.partition)));
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
    while (turn.size() > 1) {
      turn.remove(turn.size() - 1);
    }
  }
}
