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
 * before its own watermark; of those of several moments the operator says itself by what they are
 * late.
 */
public final class RetimedTimeline implements Timeline {
  private final Timeline input;
  private final Slack rule;

  /** The slack, if nothing estimates it. */
  private final long slack;

  private final IntPredicate isIdle;
  private final IntPredicate isEnded;
  private final boolean isOrigin;
  private final Partition[] partitions;
  private final @Nullable MergedTimeline merged;
  private final Timeline all;
  private Keeper keeper = NONE;

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
   * @param isOrigin whether none of the rows has a moment in the time of the sources, so that all
   *     moments may be counted in this one
   */
  public RetimedTimeline(
      Timeline input,
      Slack slack,
      int partitionCount,
      IntPredicate isIdle,
      IntPredicate isEnded,
      boolean isOrigin) {
    this.input = input;
    this.isOrigin = isOrigin;
    this.rule = slack;
    this.slack = slack instanceof Slack.Fixed fixed ? fixed.millis() : 0;
    this.isIdle = isIdle;
    this.isEnded = isEnded;
    this.partitions = new Partition[partitionCount];
    Arrays.setAll(partitions, Partition::new);
    this.merged =
        partitionCount > 1 ? new MergedTimeline(partitionCount, partitions[0], true) : null;
    this.all = merged != null ? merged : partitions[0];
    for (Partition partition : partitions) {
      partition.lateness = merged == null ? this : new OvertakenTimeline(partition, this);
    }
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
    return partitions[partition].lateness;
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
    SlackEstimator estimator = partitions[partition].estimator;
    return estimator == null ? new long[0] : estimator.save();
  }

  /** Takes over where the operator and its input are, between two turns. */
  public void restore() {
    for (Partition partition : partitions) {
      partition.restore(keeper.reached(partition.number), keeper.measured(partition.number));
    }
    if (merged != null) {
      merged.restore(keeper.reached());
      beginMerged();
      merged.end();
    }
  }

  /** Rows say what time it is, whatever the watermark of the sources is. */
  @Override
  public long fromOrigin(long time) {
    return isOrigin ? time : NEVER;
  }

  /** Begins a turn. */
  public void begin() {
    for (Partition partition : partitions) {
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
   */
  public void add(int partition, int position, long rowtime) {
    Partition of = partitions[partition];
    of.add((position + 1) >> 1, of.watermarkAfter(rowtime));
  }

  /** Ends the turn. */
  public void end() {
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

  /** The watermark of one partition. */
  private final class Partition implements Timeline {
    private final int number;
    private @Nullable SlackEstimator estimator;
    private Timeline lateness = this;

    /** The watermark at the end of the turn before. */
    private long first = NEVER;

    /** The advances of the turn at which it moves, and where to. */
    private int[] advances = new int[4];

    private long[] watermarks = new long[4];
    private int steps;
    private long last = NEVER;
    private boolean idle;

    Partition(int number) {
      this.number = number;
      this.estimator = SlackEstimator.of(rule).orElse(null);
    }

    void restore(long reached, long[] measured) {
      estimator = SlackEstimator.of(rule).orElse(null);
      if (estimator != null) {
        estimator.restore(measured);
      }
      steps = 0;
      first = isEnded.test(number) ? END : reached;
      last = first;
      idle = isIdle.test(number);
    }

    void begin() {
      steps = 0;
      first = last;
      idle = isIdle.test(number);
      if (isEnded.test(number)) {
        add(Math.min(input.firstReaching(END, 0), length()), END);
      }
    }

    /** The watermark behind the next row, unless it was farther before. */
    long watermarkAfter(long rowtime) {
      SlackEstimator by = estimator;
      if (by != null) {
        return by.watermarkAfter(rowtime);
      }
      return rowtime < NEVER + 1 + slack ? NEVER + 1 : rowtime - slack;
    }

    /** At an advance it is at least there: never before an advance that has been named. */
    void add(int advance, long watermark) {
      if (watermark <= last) {
        return;
      }
      if (steps > 0 && advances[steps - 1] >= advance) {
        watermarks[steps - 1] = watermark;
      } else {
        if (steps == advances.length) {
          advances = Arrays.copyOf(advances, 2 * steps);
          watermarks = Arrays.copyOf(watermarks, 2 * steps);
        }
        advances[steps] = advance;
        watermarks[steps++] = watermark;
      }
      last = watermark;
    }

    @Override
    public boolean isIdle() {
      return idle;
    }

    @Override
    public long base() {
      return RetimedTimeline.this.base();
    }

    @Override
    public int length() {
      return RetimedTimeline.this.length();
    }

    @Override
    public long beforeFirst() {
      return first;
    }

    @Override
    public long last() {
      return last;
    }

    @Override
    public long before(int index) {
      int step = Arrays.binarySearch(advances, 0, steps, index);
      int at = step >= 0 ? step : -step - 2;
      return at < 0 ? first : watermarks[at];
    }

    @Override
    public int firstReaching(long time, int from) {
      if (last < time) {
        return length() + 1;
      }
      if (first >= time) {
        return from;
      }
      int low = 0;
      int high = steps - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (watermarks[middle] >= time) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return Math.max(from, advances[low]);
    }
  }
}
