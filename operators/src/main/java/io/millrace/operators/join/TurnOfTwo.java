package io.millrace.operators.join;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * The rows of a turn of two inputs, which one row of a source may reach by both ways: held until
 * all are there, and taken in the order of their positions and moments, where these are the same
 * those of one input first.
 */
final class TurnOfTwo {
  private final RowBuffer[] rows = new RowBuffer[2];
  private final Timeline[][] lateness = new Timeline[2][0];
  private final int[] taken = new int[2];
  private final int former;
  private final Timeline timeline;

  /**
   * @param former the input whose rows come first
   */
  TurnOfTwo(JoinSide left, JoinSide right, int former, Timeline timeline) {
    rows[0] = new RowBuffer(left.input(), 16, timeline);
    rows[1] = new RowBuffer(right.input(), 16, timeline);
    this.former = former;
    this.timeline = timeline;
  }

  void add(int input, Batch batch) {
    RowBuffer held = rows[input];
    int before = held.size();
    held.appendAll(batch);
    if (lateness[input].length < held.size()) {
      lateness[input] = Arrays.copyOf(lateness[input], held.rowtimes().length);
    }
    Arrays.fill(lateness[input], before, held.size(), batch.lateness());
  }

  /** The input whose next row is the first of all; -1 when all are taken. */
  int next() {
    int latter = 1 - former;
    boolean hasFormer = taken[former] < rows[former].size();
    boolean hasLatter = taken[latter] < rows[latter].size();
    if (hasFormer && hasLatter) {
      int order = rows[latter].compareCause(taken[latter], rows[former], taken[former]);
      return order < 0 ? latter : former;
    }
    return hasFormer ? former : hasLatter ? latter : -1;
  }

  /** Takes the next row of an input. */
  int take(int input) {
    return taken[input]++;
  }

  /** The rows of an input, with what a row is late by. */
  Batch batch(int input, int row) {
    return rows[input].batch(timeline, lateness[input][row]);
  }

  void clear() {
    rows[0].clear();
    rows[1].clear();
    Arrays.fill(taken, 0);
  }
}
