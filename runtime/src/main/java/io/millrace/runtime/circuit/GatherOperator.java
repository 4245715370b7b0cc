package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Sends what the tasks of a section have made of a turn, in one order: see {@link TaskMerge}. */
final class GatherOperator implements Operator {
  private final Section section;
  private final int index;
  private final TaskMerge merge;
  private RowBuffer out;
  private Timeline outputTimeline;
  private Timeline lateness;
  private int batchSize;

  GatherOperator(GatherSpec spec) {
    this.section = spec.section();
    this.index = spec.index();
    this.merge = new TaskMerge(section.tasks().size());
  }

  @Override
  public void open(OperatorContext context) {
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    lateness = outputTimeline;
    out = new RowBuffer(section.outputSchemas().get(index), batchSize, outputTimeline);
  }

  /** The entry's own rows, which the tasks have had: only their watermark matters. */
  @Override
  public void process(int input, Batch batch, Output output) {
    lateness = batch.lateness();
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      merge.begin(task -> section.delivered(task).output(index));
      while (merge.left() > 0) {
        boolean isOfPartition = merge.take(batchSize, out);
        output.emit(out.batchWithPlaces(outputTimeline, isOfPartition ? lateness : outputTimeline));
        out.clear();
      }
      lateness = outputTimeline;
    }
    return false;
  }
}
