package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Sliding windows by number of rows. A table tells the windows apart, a log holds each one's rows:
 * the arguments of the aggregates and the number of their group. An arriving row takes the oldest
 * one out of its group when the window is full, then goes into its own group, which is sent.
 *
 * <p>A row that overflows an aggregate leaves no trace: the groups that it touched are made anew
 * from the log, which does not hold it.
 */
final class LengthWindowOperator implements Operator {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;
  private final LengthWindowSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final LongColumn groupOfRow = new LongColumn(0);
  private final int[] one = new int[1];
  private SlotTable windows;
  private SlotTable groups;
  private RowLog log;
  private AggregateKernel kernel;
  private GroupColumns columns;
  private Column[] logged;
  private RowBuffer out;
  private Timeline outputTimeline;
  private int batchSize;
  private int[] windowNumbers = new int[0];
  private int[] groupSlots = new int[0];
  private boolean anyFailed;

  LengthWindowOperator(LengthWindowSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    List<DataType> columnsOfLog = new ArrayList<>(types(spec.arguments()));
    columnsOfLog.add(DataType.BIGINT);
    windows =
        context
            .state()
            .slotTable(new SlotTableSpec("windows", VERSION, types(spec.partition()), List.of()));
    groups =
        context
            .state()
            .slotTable(
                new SlotTableSpec("groups", VERSION, types(spec.keys()), spec.program().fields()));
    log = context.state().rowLog(new RowLogSpec("rows", VERSION, columnsOfLog));
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns = new GroupColumns(spec.keys(), spec.arguments());
    logged = new Column[columnsOfLog.size()];
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (windowNumbers.length < count) {
      windowNumbers = new int[count];
      groupSlots = new int[count];
      groupOfRow.ensureCapacity(count);
    }
    columns.of(batch);
    System.arraycopy(columns.arguments(), 0, logged, 0, columns.arguments().length);
    logged[logged.length - 1] = groupOfRow;
    Column[] partition = new Column[spec.partition().size()];
    for (int i = 0; i < partition.length; i++) {
      partition[i] = batch.column(spec.partition().get(i));
    }
    windows.resolve(partition, 0, count, windowNumbers);
    for (int row = 0; row < count; row++) {
      windowNumbers[row] = windows.number(windowNumbers[row]);
      arrive(batch, row, windowNumbers[row], output);
    }
    flush(batch.lateness(), output);
    if (anyFailed) {
      dropEmptyWindows(count);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  private void arrive(Batch batch, int row, int window, Output output) {
    groups.resolve(columns.keys(), row, row + 1, groupSlots);
    int group = groupSlots[row];
    int leaving = log.size(window) == spec.rows() ? groups.slot(oldestGroup(window)) : -1;
    kernel.bind(groups);
    if (leaving >= 0) {
      removeOldest(window, leaving);
    }
    kernel.add(columns.arguments(), row, row + 1, groupSlots, errors);
    if (!errors.isEmpty()) {
      rebuild(window, group);
      if (leaving >= 0 && leaving != group) {
        rebuild(window, leaving);
      }
      dropIfEmpty(group);
      anyFailed = true;
      errors.giveTo(output, batch);
      return;
    }
    groupOfRow.values()[row] = groups.number(group);
    if (leaving >= 0) {
      log.dropFirst(window, 1);
    }
    log.append(window, batch.rowtimes()[row], logged, row);
    if (leaving >= 0) {
      dropIfEmpty(leaving);
    }
    send(batch, row, group, output);
  }

  /** The number of the group of a window's oldest row. */
  private int oldestGroup(int window) {
    long first = log.first(window);
    Column[] rows = log.columns(window, first);
    return (int) ((LongColumn) rows[rows.length - 1]).values()[log.index(window, first)];
  }

  /**
   * Takes the oldest row of a window out of its group; the log keeps the row until the arriving one
   * has been taken.
   */
  private void removeOldest(int window, int group) {
    long first = log.first(window);
    groups.touch(group);
    kernel.remove(log.columns(window, first), log.index(window, first), group);
  }

  /** Makes a group's aggregates anew from the rows of its window. */
  private void rebuild(int window, int group) {
    kernel.reset(group);
    int number = groups.number(group);
    for (long ordinal = log.first(window); ordinal < log.end(window); ordinal++) {
      Column[] rows = log.columns(window, ordinal);
      int index = log.index(window, ordinal);
      if (((LongColumn) rows[rows.length - 1]).values()[index] == number) {
        kernel.addBack(rows, index, group);
      }
    }
  }

  /** Forgets the windows of the first {@code count} rows of which all rows have failed. */
  private void dropEmptyWindows(int count) {
    for (int row = 0; row < count; row++) {
      int window = windowNumbers[row];
      if (windows.isUsed(window) && log.size(window) == 0) {
        windows.remove(windows.slot(window));
      }
    }
    anyFailed = false;
  }

  private void dropIfEmpty(int group) {
    if (((LongColumn) groups.field(ROW_COUNT)).values()[group] == 0) {
      groups.remove(group);
    }
  }

  private void send(Batch batch, int row, int group, Output output) {
    int to = out.appendFor(batch, row, batch.rowtimes()[row], RowKind.INSERT);
    int keys = columns.keys().length;
    for (int k = 0; k < keys; k++) {
      out.column(k).copy(columns.keys()[k], row, to);
    }
    one[0] = group;
    kernel.results(one, 0, 1, columns.resultsOf(out), to);
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

  private List<DataType> types(List<Integer> indexes) {
    return indexes.stream().map(spec.input()::type).toList();
  }
}
