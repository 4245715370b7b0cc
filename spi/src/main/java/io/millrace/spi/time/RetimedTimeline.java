package io.millrace.spi.time;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of rows to which an operator gives times of their own: as of a source whose
 * partitions have the numbers of those that the rows come from. The operator adds all rows of a
 * turn before it sends the first one.
 *
 * <p>The watermark moves at the advance behind a row. Rows that one advance brings about come
 * before its own watermark, and none has seen the row that has moved time there; of those of
 * several moments, later ones have seen what earlier ones have moved it to, as if each moment were
 * an advance of its own. What is due because a row has moved it follows the moment of that row
 * ({@link Moments}), behind all that is due because of the row elsewhere: in whatever steps these
 * moments come. {@link RetimedPartition} says it exactly.
 */
public final class RetimedTimeline implements Timeline {
  private final Timeline input;

  /** In which its moments are counted; {@code NONE} where that is its own time. */
  private final Moments moments;

  private final RetimedPartition[] partitions;
  private final Timeline[] lateness;
  private final @Nullable MergedTimeline merged;
  private final Timeline all;
  private Keeper keeper = NONE;

  /** Where the last row of the turn is. */
  private int lastPosition = -1;

  private long lastMoment;

  /** The operator, between two turns: what it has been told. */
  public interface Keeper {
    /** How far a partition has come. */
    long reached(int partition);

    /** How far all of them have come, which may be farther than one that was idle. */
    long reached();

    /** What {@link RetimedTimeline#measured} was for a partition; empty if nothing. */
    long[] measured(int partition);
  }

  private static final Keeper NONE =
      new Keeper() {
        @Override
        public long reached(int partition) {
          return NEVER;
        }

        @Override
        public long reached() {
          return NEVER;
        }

        @Override
        public long[] measured(int partition) {
          return new long[0];
        }
      };

  /**
   * @param input of what the rows come from
   * @param slack how far the watermark stays behind the greatest time of a partition
   * @param partitionCount at least 1
   * @param isIdle which partitions are idle now
   * @param isEnded which of them bring no more rows
   * @param moments what knows the moments that follow those of the rows; {@code NONE} where none of
   *     the rows has a moment in the time of the sources, so that all may be counted in this one
   * @param parts how many parts the moments of the rows have at most
   */
  public RetimedTimeline(
      Timeline input,
      Slack slack,
      int partitionCount,
      IntPredicate isIdle,
      IntPredicate isEnded,
      Moments moments,
      int parts) {
    this.input = input;
    this.moments = moments;
    this.partitions = new RetimedPartition[partitionCount];
    Arrays.setAll(
        partitions,
        number ->
            new RetimedPartition(
                input,
                slack,
                () -> isIdle.test(number),
                () -> isEnded.test(number),
                moments,
                parts));
    this.merged =
        partitionCount > 1 ? new MergedTimeline(partitionCount, partitions[0], true) : null;
    this.all = merged != null ? merged : partitions[0];
    this.lateness = new Timeline[partitionCount];
    Arrays.setAll(
        lateness, i -> merged == null ? this : new OvertakenTimeline(partitions[i], this));
  }

  /** Says which operator it belongs to, when that is opened. */
  public void keptBy(Keeper operator) {
    keeper = operator;
  }

  public int partitionCount() {
    return partitions.length;
  }

  /** By what the rows of a partition are late: one object for good. */
  public Timeline latenessOf(int partition) {
    return lateness[partition];
  }

  /** How far a partition has come, at the end of the turn. */
  public long reached(int partition) {
    return partitions[partition].last();
  }

  /** How far all of them have come, but for idle ones, at the end of the turn. */
  public long reached() {
    return all.last();
  }

  /**
   * What the watermark of a partition depends on beside the times of later rows, at the end of the
   * turn: opaque numbers, none for a fixed slack.
   */
  public long[] measured(int partition) {
    return partitions[partition].measured();
  }

  /** Takes over where the operator and its input are, between two turns. */
  public void restore() {
    for (int i = 0; i < partitions.length; i++) {
      partitions[i].restore(keeper.reached(i), keeper.measured(i));
    }
    if (merged != null) {
      merged.restore(keeper.reached());
      beginMerged();
      merged.end();
    }
  }

  private boolean isOrigin() {
    return moments == Moments.NONE;
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return isOrigin() ? Moments.ofDeadline(time) : all.momentOfDeadline(time, code);
  }

  @Override
  public long momentOfRow(long time, int code) {
    return isOrigin() ? Moments.ofRow(time) : all.momentOfRow(time, code);
  }

  @Override
  public long reachedBefore(int code, long moment, Moments known) {
    return isOrigin()
        ? Timeline.super.reachedBefore(code, moment, known)
        : all.reachedBefore(code, moment, known);
  }

  @Override
  public long seenAt(int code, long moment) {
    return all.seenAt(code, moment);
  }

  /** Begins a turn. */
  public void begin() {
    lastPosition = -1;
    for (RetimedPartition partition : partitions) {
      partition.begin();
    }
    beginMerged();
  }

  private void beginMerged() {
    if (merged != null) {
      merged.begin(List.of(partitions));
    }
  }

  /**
   * Adds a row of the turn, behind those of its partition that were added.
   *
   * @param position its position code, never before that of a row which was added
   * @param moment of those of one position never before that of a row which was added
   */
  public void add(int partition, int position, long moment, long rowtime) {
    if (position != lastPosition || moments.compare(moment, lastMoment) > 0) {
      lastMoment = moment;
    }
    lastPosition = position;
    partitions[partition].add(position, lastMoment, rowtime);
  }

  /** Says that all rows of the turn have been added. */
  public void complete() {
    for (RetimedPartition partition : partitions) {
      partition.complete();
    }
  }

  /** Ends the turn. */
  public void end() {
    for (RetimedPartition partition : partitions) {
      partition.endTurn();
    }
    if (merged != null) {
      merged.end();
    }
  }

  @Override
  public boolean settlesOwnTime() {
    return all.settlesOwnTime();
  }

  @Override
  public boolean isIdle() {
    return all.isIdle();
  }

  @Override
  public long base() {
    return input.base();
  }

  @Override
  public int length() {
    return input.length();
  }

  @Override
  public long beforeFirst() {
    return merged != null ? merged.reached() : partitions[0].beforeFirst();
  }

  @Override
  public long before(int index) {
    return all.before(index);
  }

  @Override
  public int firstReaching(long time, int from) {
    return all.firstReaching(time, from);
  }
}
