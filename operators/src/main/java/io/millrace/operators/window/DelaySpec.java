package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/**
 * Passes each row on later.
 *
 * @param delayMillis how much later, positive
 * @param output the rows, as they come in
 * @param limit how many rows wait at most
 */
public record DelaySpec(long delayMillis, Schema output, SortLimit limit) implements OperatorSpec {

  /** A row whose new time the watermark has passed already is late. */
  private record Later(long delayMillis) implements DelayOperator.Release {
    @Override
    public long time(Batch batch, int row) {
      long time = batch.rowtimes()[row];
      return time > Timeline.END - delayMillis ? Timeline.END : time + delayMillis;
    }

    @Override
    public boolean movesTime() {
      return true;
    }
  }

  @Override
  public String describe() {
    return "Delay " + delayMillis + " ms" + limit.describe();
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new DelayOperator(output, new Later(delayMillis), limit);
  }
}
