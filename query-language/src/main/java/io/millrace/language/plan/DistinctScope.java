package io.millrace.language.plan;

import java.util.List;

/** Of which rows SELECT DISTINCT lets each combination of values through once. */
public sealed interface DistinctScope {

  /** Of all since the start. */
  record Everything() implements DistinctScope {}

  /**
   * Of those of a window: some of the columns are its bounds.
   *
   * @param overAfterMillis how long behind the time of its rows nothing of a window comes any more;
   *     positive
   */
  record OfWindow(long overAfterMillis) implements DistinctScope {}

  /**
   * Of those of a batch of so many rows.
   *
   * @param number the column with the number of the batch, by which batches of a partition differ
   * @param partition the columns that tell partitions apart, each of which has one batch at a time
   */
  record OfBatch(int number, List<Integer> partition) implements DistinctScope {
    public OfBatch {
      partition = List.copyOf(partition);
    }
  }

  /**
   * Of those that are sent together (decision 0013).
   *
   * @param apart columns that are equal in all rows of an emission, as ROWTIME is
   */
  record OfEmission(List<Integer> apart) implements DistinctScope {
    public OfEmission {
      apart = List.copyOf(apart);
    }
  }
}
