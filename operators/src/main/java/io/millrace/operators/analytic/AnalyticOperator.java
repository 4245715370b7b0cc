package io.millrace.operators.analytic;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Sends rows with what the frames around them hold. A row is sent when it comes, unless a frame
 * waits: for so many rows behind it, or for the watermark to have passed the time at which it ends.
 *
 * <p>Where rows go back in time, the time of a row in the order of its partition is the greatest so
 * far, of rows or of the watermark.
 */
final class AnalyticOperator implements Operator {
  private final AnalyticSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private Part part;
  private Partitions partitions;
  private AnalyticOutput out;
  private WaitingRows waiting;
  private Expiries expiries;
  private LongValue rowsArrived;
  private Progress progress;

  AnalyticOperator(AnalyticSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    part = new Part(spec, "", false, context, loader);
    partitions = part.partitions();
    LogColumns columns = part.columns();
    rowsArrived = context.state().longValue("rows_arrived");
    progress = new Progress(context.outputTimeline());
    out = new AnalyticOutput(spec, columns, partitions, context);
    waiting = new WaitingRows(spec, columns, partitions, out, context);
    expiries = new Expiries(spec, partitions, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    part.of(batch);
    boolean anyFailed = false;
    for (int row = 0; row < batch.size(); row++) {
      waiting.sendUpTo(progress.before(batch, row), output);
      MillraceException refusal = waiting.refusal().orElse(null);
      if (refusal != null) { // what goes before the row goes in this turn
        out.flush(batch.lateness(), output);
        errors.giveTo(output, batch);
        throw refusal;
      }
      anyFailed |= !arrive(batch, row, progress.reached(), output);
    }
    out.flush(batch.lateness(), output);
    errors.giveTo(output, batch);
    if (anyFailed) {
      part.dropEmpty(batch.size());
    }
  }

  /** Takes a row; false if it fails. */
  private boolean arrive(Batch batch, int row, long watermark, Output output) {
    int slot = part.slot(row);
    int number = part.number(row);
    long time = part.time(batch, row, slot, watermark);
    rowsArrived.set(rowsArrived.get() + 1);
    part.columns().describe(batch, row, time, rowsArrived.get());
    if (!part.take(row, slot, errors)) {
      return false;
    }
    if (spec.holdsRows()) {
      out.keepResults(slot, row);
      part.append(row, slot, time);
      waiting.add(slot, number, rowsArrived.get(), time);
      waiting.sendBehind(batch, row, slot, number, watermark, output);
    } else {
      long ordinal = part.append(row, slot, time);
      out.send(batch, row, slot, number, ordinal, time, output);
    }
    partitions.trim(slot, number);
    expiries.note(slot, number);
    return true;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      waiting.sendUpTo(progress.atEnd(timeline), output);
      waiting.sendAtEnd(timeline, output);
      out.flush(output);
      expiries.expire(timeline.last());
    }
    return false;
  }
}
