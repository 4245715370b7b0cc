package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What it costs to put rows in order, in comparisons and moves. Beside these a row is compared once
 * with the last one when it comes, and once with the first of the others when it leaves.
 */
class WaitingRowsTest {
  private static final int ROWS = 20_000;
  private final Counted counted = new Counted();
  private final WaitingRows waiting = new WaitingRows(List.of(), counted);
  private final long[] time = new long[1];
  private final Batch row =
      new Batch(Schema.of(), new Column[0], new SourceTimeline(Slack.NONE))
          .rows(1, time, null, null);

  /** Counts what it does. */
  private static final class Counted extends DisorderedRows {
    private long steps;

    @Override
    boolean isBefore(long time, long order, int at) {
      steps++;
      return super.isBefore(time, order, at);
    }

    @Override
    void move(int from, int to) {
      steps++;
      super.move(from, to);
    }
  }

  @Test
  void shouldCostNothingWhenRowsAreInOrder() {
    for (int i = 0; i < ROWS; i++) {
      add(i / 3);
      if (i >= 500) {
        assertThat(poll()).isEqualTo((i - 500) / 3);
      }
    }
    assertThat(counted.steps).isZero();
  }

  /** A row costs a step for each time that the rows that wait can be halved, when it comes. */
  @Test
  void shouldCostNoMoreThanTheLogarithmOfTheRowsThatWait() {
    for (int disordered : List.of(1, 10, 50, 100)) {
      for (int most : List.of(7, 100, 5_000)) {
        checkCost(new Random(disordered), disordered, most);
      }
    }
  }

  private void checkCost(Random random, int disordered, int most) {
    PriorityQueue<Long> expected = new PriorityQueue<>();
    long last = counted.steps;
    for (int i = 0; i < ROWS || waiting.size() > 0; i++) {
      boolean comes = i < ROWS;
      long next = (long) i - (random.nextInt(100) < disordered ? random.nextInt(most) : 0);
      if (comes) {
        add(next);
        expected.add(next);
        assertThat(counted.steps - last).isLessThanOrEqualTo(2 * depth() + 1);
        last = counted.steps;
      }
      if (!comes || waiting.size() > most) {
        long bound = 3L * depth() + 1; // on each level two children, and a move
        assertThat(poll()).isEqualTo(expected.remove());
        assertThat(counted.steps - last).isLessThanOrEqualTo(bound);
        last = counted.steps;
      }
    }
  }

  /** All rows in descending order: each has to go to the front, and no bound is lower. */
  @Test
  void shouldCostTheLogarithmWhenEachRowIsBeforeAllOthers() {
    List<Long> steps = new ArrayList<>();
    for (int i = 0; i < 1_025; i++) {
      long before = counted.steps;
      add(ROWS - i);
      steps.add(counted.steps - before);
    }
    assertThat(steps).endsWith(20L); // half of ten levels are compared, and moved
  }

  private int depth() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(waiting.size());
  }

  private void add(long at) {
    time[0] = at;
    waiting.add(row, 0);
  }

  private long poll() {
    int first = waiting.poll();
    long at = waiting.time(first);
    waiting.free(new int[] {first}, 1);
    return at;
  }
}
