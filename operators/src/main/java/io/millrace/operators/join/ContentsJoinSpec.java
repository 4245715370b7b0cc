package io.millrace.operators.join;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins each event with what is in the window of the other side when it comes. A side whose window
 * holds events brings them as they enter, as {@code +I}, and once more as they leave, as {@code
 * -D}.
 *
 * @param output the columns of the left side, then those of the right one
 * @param ofLeft what is there of the left side
 * @param isSorted whether events are taken in the order of their times; else as they come
 * @param sendsContents whether a joined row is sent once more, as {@code -D}, when one of its
 *     events leaves
 * @param condition what must hold beside the equality of keys; null if nothing
 * @param unmatched when rows without a match are sent
 * @param leavesOutIdle whether an input that is idle does not hold the watermark back
 * @param limit how many rows of each side may wait for the other one's watermark; rows that leave
 *     do so also where one that enters would be late for want of room
 */
public record ContentsJoinSpec(
    Schema output,
    JoinSide left,
    JoinSide right,
    Contents ofLeft,
    Contents ofRight,
    boolean isSorted,
    boolean sendsContents,
    @Nullable JoinCondition condition,
    Unmatched unmatched,
    boolean leavesOutIdle,
    JoinLimit limit)
    implements JoinSpec {

  /**
   * What is there of a side.
   *
   * @param isHeld whether its events stay until they are said to leave; else each leaves at once
   * @param triggers whether they meet those that are there when they come
   * @param stays how long one stays at most, until the first of these is over; none where only
   *     others push it out
   */
  public record Contents(boolean isHeld, boolean triggers, List<Stay> stays) {
    public Contents {
      stays = List.copyOf(stays);
    }

    /** When a row of the side leaves by itself; {@code END} if it does not. */
    long end(JoinRows rows, int row) {
      long first = Timeline.END;
      for (int i = 0; i < stays.size(); i++) { // for each pair: no iterator
        first = Math.min(first, stays.get(i).end(rows, row));
      }
      return first;
    }

    /** Whether the next row of the side, which leaves, does so by itself. */
    boolean isOver(TimedChanges changes) {
      for (Stay stay : stays) {
        if (stay.isCertain || stay.end(changes) == changes.nextTime()) {
          return true;
        }
      }
      return false;
    }

    private String describe() {
      return isHeld ? "window" : "events";
    }
  }

  /**
   * How long an event is in its window, if no other one pushes it out.
   *
   * @param column of the input, from which that is counted (BIGINT or TIMESTAMP, never NULL);
   *     {@link #ROWTIME} for the time at which it enters
   * @param millis how long behind that it leaves
   * @param isCertain whether no other one ever pushes it out
   */
  public record Stay(int column, long millis, boolean isCertain) {
    /** No column, but the time of the row that enters. */
    public static final int ROWTIME = -1;

    private long end(JoinRows rows, int row) {
      long from = column == ROWTIME ? rows.rowtime(row) : rows.value(row, column, Timeline.END);
      return WithinJoinSpec.latest(from, millis);
    }

    private long end(TimedChanges changes) {
      return WithinJoinSpec.latest(changes.nextValue(column), millis);
    }
  }

  @Override
  public String describe() {
    return kind()
        + " of "
        + ofLeft.describe()
        + " with "
        + ofRight.describe()
        + match()
        + (ofLeft.triggers && ofRight.triggers
            ? ""
            : ", for rows of the " + (ofLeft.triggers ? "left" : "right") + " side only")
        + (isSorted ? ", by event time" : ", as they come")
        + unmatched.describe()
        + (sendsContents ? ", as contents" : "")
        + (leavesOutIdle ? ", but for idle inputs" : "")
        + (isSorted ? limit.describe(false) : "");
  }

  /** What is in a window depends on the rows of all keys. */
  @Override
  public Distribution overPartitions() {
    return Distribution.WHOLE;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ContentsJoinOperator(this, loader);
  }
}
