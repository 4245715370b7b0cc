package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Sends windows: a row per group in the order of the groups' first events; keys, results, and, if
 * the windows have bounds, their start and end. Rows are collected until they fill a batch.
 */
final class WindowOutput {
  private final GroupOrder order;
  private final GroupColumns columns;
  private final AggregateKernel kernel;
  private final NewestRows newest;
  private final int firstCarried;
  private final RowBuffer out;
  private final Timeline timeline;
  private final int batchSize;
  private final boolean ranksRows;
  private int[] ordered = new int[0];
  private int code;

  /** See {@link Batch#moments}. */
  private long moment;

  /**
   * @param kernel its field 0, the number of rows, says which groups hold any
   * @param newest writes the last columns of windows without bounds
   */
  WindowOutput(
      Schema schema,
      GroupColumns columns,
      GroupOrder order,
      AggregateKernel kernel,
      NewestRows newest,
      OperatorContext context) {
    this.order = order;
    this.columns = columns;
    this.kernel = kernel;
    this.newest = newest;
    firstCarried = schema.size() - newest.size();
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    timeline = context.outputTimeline();
    out = new RowBuffer(schema, batchSize, timeline);
  }

  /**
   * Says where what follows is sent, and when it is due.
   *
   * @param watermark which is to reach that time
   */
  void at(int position, long due, Timeline watermark) {
    code = position;
    moment = watermark.momentOfDeadline(due, position);
  }

  /** Sends a window with bounds; its rows have the time {@code end - 1}. */
  void send(SlotTable groups, long start, long end, Output output) {
    int count = order(groups, group -> true);
    for (int from = 0, to; from < count; from = to) {
      to = write(groups, from, count, end - 1, start, output);
      int bounds = out.schema().size() - 2;
      int row = out.size() - (to - from);
      fill(bounds, row, start);
      fill(bounds + 1, row, end);
    }
  }

  /**
   * Sends one group, which is a window with bounds.
   *
   * @param group its number
   */
  void sendOne(SlotTable groups, int group, long start, long end, Output output) {
    if (ordered.length == 0) {
      ordered = new int[16];
    }
    ordered[0] = group;
    kernel.bind(groups);
    write(groups, 0, 1, end - 1, start, output);
    int bounds = out.schema().size() - 2;
    fill(bounds, out.size() - 1, start);
    fill(bounds + 1, out.size() - 1, end);
  }

  /** Sends those groups of a window without bounds that a condition takes. */
  void send(SlotTable groups, IntPredicate isSent, long time, Output output) {
    int count = order(groups, isSent);
    for (int from = 0; from < count; ) {
      from = write(groups, from, count, time, 0, output);
    }
  }

  private int order(SlotTable groups, IntPredicate isSent) {
    if (ordered.length < groups.size()) {
      ordered = new int[Math.max(groups.size(), 2 * ordered.length)];
    }
    // Groups whose rows have all failed are left out.
    int count =
        order.order(
            groups,
            ordered,
            (number, slot) ->
                ((LongColumn) groups.field(0)).values()[slot] > 0 && isSent.test(number));
    kernel.bind(groups);
    return count;
  }

  /**
   * Writes as many groups as the batch has room for, and gives the index behind them.
   *
   * @param start of the window; 0 if it has no bounds
   */
  private int write(SlotTable groups, int from, int count, long time, long start, Output output) {
    if (out.size() == batchSize) {
      flush(output);
    }
    int to = Math.min(count, from + batchSize - out.size());
    int row = columns.writeGroups(groups, kernel, ordered, from, to, time, code, out);
    out.moment(row, moment);
    if (ranksRows) {
      order.rank(groups, ordered, from, to, time, start, out, row);
    }
    for (int i = from; newest.size() > 0 && i < to; i++) {
      int slot = groups.slot(ordered[i]);
      newest.write(groups, slot, out.columns(), firstCarried, row + i - from);
    }
    return to;
  }

  private void fill(int column, int from, long value) {
    Arrays.fill(((LongColumn) out.column(column)).values(), from, out.size(), value);
  }

  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(timeline, timeline));
      out.clear();
    }
  }
}
