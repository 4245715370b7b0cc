package io.millrace.spi.operator;

import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.Timeline;

/** What an operator may use while it is opened. */
public interface OperatorContext {
  StateContext state();

  /** The number of rows that a batch should hold at most: 1,024 unless a test says otherwise. */
  int batchSize();

  /**
   * Whether what several instances of the operator send is merged, so that it gives ranks to rows
   * that it sends at one position: see {@link io.millrace.spi.data.Batch#ranks}.
   */
  default boolean ranksRows() {
    return false;
  }

  /**
   * Which lanes ({@link io.millrace.spi.data.Batch#lanes}) the rows of an input have where it is
   * brought together with the others: those of lane {@code i} have lane {@code lanesOf(input)[i]}.
   */
  default int[] lanesOf(int input) {
    return new int[] {0};
  }

  /**
   * Whether the same rows come in another order each time they are read, because they come from
   * several source partitions, or streams, that are polled. The rows of each are in order.
   */
  default boolean isOrderOpen() {
    return false;
  }

  /**
   * How far the watermark of the first input is behind that of the sources, in which the moments
   * ({@link io.millrace.spi.data.Batch#moments}) of its rows of a lane are counted, in
   * milliseconds. {@link Timeline#END} if these say nothing of it.
   */
  default long lagOfMoments(int lane) {
    return 0;
  }

  /**
   * The watermark that this operator passes on; its own timeline or one that it derives. To be
   * given to the batches that it makes. Fixed when the operator is opened; its content changes with
   * each turn.
   */
  Timeline outputTimeline();

  EvaluationContext evaluation();
}
