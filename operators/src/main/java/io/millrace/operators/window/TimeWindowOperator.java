package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sliding windows by time: the rows with {@code t - size < rowtime <= t}, where t is the greatest
 * time so far, of rows or of the watermark. An arriving row moves t, so that others leave; then it
 * goes into its group, which is sent.
 */
final class TimeWindowOperator implements Operator {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;
  private final TimeWindowSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final LongColumn groupOfRow = new LongColumn(0);
  private final LongColumn times = new LongColumn(0);
  private SlotTable groups;
  private TimedRows rows;

  /** Turned around at {@link Long#MIN_VALUE}, so that at first there is no time. */
  private LongValue now;

  private AggregateKernel kernel;
  private GroupColumns columns;

  /** The arguments and the times, as the kernel takes them. */
  private Column[] added;

  /** The arguments and the groups, as they are kept. */
  private Column[] kept;

  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private int[] slots = new int[0];

  /** Groups that may be empty at the end of the call. */
  private int[] left = new int[16];

  private int leftCount;

  TimeWindowOperator(TimeWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> keys = spec.keys().stream().map(spec.input()::type).toList();
    groups =
        context
            .state()
            .slotTable(new SlotTableSpec("groups", VERSION, keys, spec.program().fields()));
    now = context.state().longValue("now");
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < spec.arguments().size(); i++) {
      fields.add(new Field("a" + i, spec.input().type(spec.arguments().get(i))));
    }
    fields.add(new Field("group", DataType.BIGINT));
    added = new Column[fields.size()];
    kept = new Column[fields.size()];
    outputTimeline = context.outputTimeline();
    rows = new TimedRows(context.state(), new Schema(fields), kept, outputTimeline);
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns = new GroupColumns(spec.keys(), spec.arguments());
    batchSize = context.batchSize();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    take(batch);
    for (int row = 0; row < batch.size(); row++) {
      moveTo(RowRuns.watermark(batch, batch.timeline(), row));
      moveTo(batch.rowtimes()[row]);
      arrive(batch, row, output);
    }
    flush(batch.lateness(), output);
    errors.giveTo(output, batch);
    dropEmpty();
  }

  private void take(Batch batch) {
    int count = batch.size();
    if (slots.length < count) {
      slots = new int[count];
    }
    groupOfRow.ensureCapacity(count);
    times.ensureCapacity(count);
    System.arraycopy(batch.rowtimes(), 0, times.values(), 0, count);
    columns.of(batch);
    int arguments = columns.arguments().length;
    System.arraycopy(columns.arguments(), 0, added, 0, arguments);
    System.arraycopy(columns.arguments(), 0, kept, 0, arguments);
    added[arguments] = times;
    kept[arguments] = groupOfRow;
    // No group is removed before the end of the call, so all slots stay what they are.
    groups.resolve(columns.keys(), 0, count, slots);
    kernel.bind(groups);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT && timeline.last() > time()) {
      kernel.bind(groups);
      moveTo(timeline.last());
      dropEmpty();
    }
    return false;
  }

  private long time() {
    return now.get() ^ Long.MIN_VALUE;
  }

  private long gone() {
    return TimedRows.gone(time(), spec.sizeMillis());
  }

  private void moveTo(long time) {
    if (time > time()) {
      now.set(time ^ Long.MIN_VALUE);
      rows.takeUpTo(gone(), this::leave);
    }
  }

  private void leave(Column[] row, int index) {
    int group = (int) ((LongColumn) row[row.length - 1]).values()[index];
    groups.touch(group);
    kernel.remove(row, index, group);
    noteIfEmpty(group);
  }

  private void arrive(Batch batch, int row, Output output) {
    int group = slots[row];
    if (batch.rowtimes()[row] <= gone()) {
      noteIfEmpty(group);
      output.late(batch, row);
      return;
    }
    int failed = errors.size();
    kernel.add(added, row, row + 1, slots, errors);
    if (errors.size() > failed) {
      noteIfEmpty(group);
      return;
    }
    groupOfRow.values()[row] = group;
    rows.add(batch, row);
    send(batch, row, output);
  }

  private void noteIfEmpty(int group) {
    if (rowsOf(group) == 0) {
      if (leftCount == left.length) {
        left = Arrays.copyOf(left, 2 * leftCount);
      }
      left[leftCount++] = group;
    }
  }

  private long rowsOf(int group) {
    return ((LongColumn) groups.field(ROW_COUNT)).values()[group];
  }

  private void dropEmpty() {
    for (int i = 0; i < leftCount; i++) {
      if (groups.isUsed(left[i]) && rowsOf(left[i]) == 0) {
        groups.remove(left[i]);
      }
    }
    leftCount = 0;
  }

  private void send(Batch batch, int row, Output output) {
    int to = out.append(batch.rowtimes()[row], batch.position(row));
    int keys = columns.keys().length;
    for (int k = 0; k < keys; k++) {
      out.column(k).copy(columns.keys()[k], row, to);
    }
    kernel.results(slots, row, row + 1, columns.resultsOf(out), to);
    int firstCarried = keys + spec.program().results().size();
    for (int i = 0; i < spec.carried().size(); i++) {
      out.column(firstCarried + i).copy(batch.column(spec.carried().get(i)), row, to);
    }
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }
}
