package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Merges the rows that the tasks of a section have sent in a turn: by position, then by the rank
 * that the operator gave them, then by task. Rows of one task stay in their order.
 */
final class GatherOperator implements Operator {
  private final Section section;
  private final int index;
  private final TaskRows[] from;
  private final int[] next;
  private int[] tasks = new int[0];
  private int[] rows = new int[0];
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;

  GatherOperator(GatherSpec spec) {
    this.section = spec.section();
    this.index = spec.index();
    this.from = new TaskRows[section.tasks().size()];
    this.next = new int[from.length];
  }

  @Override
  public void open(OperatorContext context) {
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    lateness = outputTimeline;
    out = new RowBuffer(section.outputSchemas().get(index), batchSize, outputTimeline);
    tasks = new int[batchSize];
    rows = new int[batchSize];
  }

  /** The entry's own rows, which the tasks have had: only their watermark matters. */
  @Override
  public void process(int input, Batch batch, Output output) {
    lateness = batch.lateness();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      int left = 0;
      for (int task = 0; task < from.length; task++) {
        from[task] = section.delivered(task).output(index);
        left += from[task].rows().size();
        next[task] = 0;
      }
      while (left > 0) {
        left -= send(Math.min(left, batchSize), output);
      }
      lateness = outputTimeline;
    }
    return false;
  }

  /** Sends the next rows, at most {@code most}: up to one that is late by another watermark. */
  private int send(int most, Output output) {
    boolean isOfPartition = false;
    int count = 0;
    while (count < most) {
      int task = first();
      boolean isOther = from[task].isOfPartition(next[task]) != isOfPartition;
      if (isOther && count > 0) {
        break;
      }
      isOfPartition ^= isOther;
      tasks[count] = task;
      rows[count++] = next[task]++;
    }
    copy(count);
    output.emit(out.batchWithPlaces(outputTimeline, isOfPartition ? lateness : outputTimeline));
    out.clear();
    return count;
  }

  private void copy(int count) {
    for (int i = 0; i < count; i++) {
      out.appendRowOf(from[tasks[i]].rows(), rows[i]);
    }
    for (int c = 0; c < out.columns().length; c++) {
      Column column = out.column(c);
      for (int i = 0; i < count; i++) {
        column.copy(from[tasks[i]].rows().column(c), rows[i], i);
      }
    }
  }

  /** The task whose next row is the first of all. */
  private int first() {
    int first = -1;
    for (int task = 0; task < from.length; task++) {
      if (next[task] < from[task].rows().size()
          && (first < 0
              || from[task].rows().isBefore(next[task], from[first].rows(), next[first]))) {
        first = task;
      }
    }
    return first;
  }
}
