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
 * before its own watermark; of those of several moments, later ones have seen what earlier ones
 * have moved it to, as if each moment were an advance of its own. What is due because a row has
 * moved it follows the moment of that row ({@link Moments}), in whatever steps these moments come.
 */
public final class RetimedTimeline implements Timeline {
  private final Timeline input;
  private final Slack rule;

  /** The slack, if nothing estimates it. */
  private final long slack;

  private final IntPredicate isIdle;
  private final IntPredicate isEnded;

  /** In which its moments are counted; {@code NONE} where that is its own time. */
  private final Moments moments;

  private final Partition[] partitions;
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

  /** For how many rows that move a partition there is room between two turns. */
  private static final int MOST_KEPT = 1024;

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
   */
  public RetimedTimeline(
      Timeline input,
      Slack slack,
      int partitionCount,
      IntPredicate isIdle,
      IntPredicate isEnded,
      Moments moments) {
    this.input = input;
    this.moments = moments;
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

  private boolean isOrigin() {
    return moments == Moments.NONE;
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public long momentOfDeadline(long time) {
    return isOrigin() ? Moments.ofDeadline(time) : all.momentOfDeadline(time);
  }

  @Override
  public long momentOfRow(long time) {
    return isOrigin() ? Moments.ofRow(time) : all.momentOfRow(time);
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
   * @param moment of those of one position never before that of a row which was added
   */
  public void add(int partition, int position, long moment, long rowtime) {
    if (position != lastPosition || moments.compare(moment, lastMoment) > 0) {
      lastMoment = moment;
    }
    lastPosition = position;
    Partition of = partitions[partition];
    of.add(position, lastMoment, of.watermarkAfter(rowtime));
  }

  /** Says that all rows of the turn have been added. */
  public void complete() {
    for (Partition partition : partitions) {
      partition.complete();
    }
  }

  /** Ends the turn. */
  public void end() {
    for (Partition partition : partitions) {
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

  /** The watermark of one partition. */
  private final class Partition implements Timeline {
    private final int number;
    private @Nullable SlackEstimator estimator;
    private Timeline lateness = this;

    /** The watermark at the end of the turn before. */
    private long first = NEVER;

    /** Of the rows that move it in the turn where they are, their moments, and where to. */
    private int[] codes = new int[4];

    private long[] momentsOfRows = new long[4];
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
      endTurn();
      idle = isIdle.test(number);
    }

    /** The end of the sources comes behind the rows that it has brought about. */
    void complete() {
      if (isEnded.test(number)) {
        add(Timeline.ofAdvance(Math.min(input.firstReaching(END, 0), length())), END, END);
      }
    }

    void endTurn() {
      if (codes.length > MOST_KEPT) {
        codes = new int[MOST_KEPT];
        momentsOfRows = new long[MOST_KEPT];
        watermarks = new long[MOST_KEPT];
      }
      steps = 0;
      first = last;
    }

    /** The watermark behind the next row, unless it was farther before. */
    long watermarkAfter(long rowtime) {
      SlackEstimator by = estimator;
      if (by != null) {
        return by.watermarkAfter(rowtime);
      }
      return rowtime < NEVER + 1 + slack ? NEVER + 1 : rowtime - slack;
    }

    /** Behind a row it is at least there. */
    void add(int code, long moment, long watermark) {
      if (watermark <= last) {
        return;
      }
      if (steps > 0 && codes[steps - 1] >= code && momentsOfRows[steps - 1] == moment) {
        watermarks[steps - 1] = watermark;
      } else {
        if (steps == codes.length) {
          codes = Arrays.copyOf(codes, 2 * steps);
          momentsOfRows = Arrays.copyOf(momentsOfRows, 2 * steps);
          watermarks = Arrays.copyOf(watermarks, 2 * steps);
        }
        codes[steps] = code;
        momentsOfRows[steps] = moment;
        watermarks[steps++] = watermark;
      }
      last = watermark;
    }

    /** The advance at which a step is taken. */
    private int advance(int step) {
      return (codes[step] + 1) >> 1;
    }

    /** The moment of that advance at which it is: behind a row that is there, else at once. */
    private long moment(int step) {
      return (codes[step] & 1) == 0 ? momentsOfRows[step] : NEVER;
    }

    /** The number of steps for which something holds, which does for the first of them only. */
    private int count(IntPredicate holds) {
      int low = 0;
      int high = steps;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (holds.test(middle)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private long after(int count) {
      return count == 0 ? first : watermarks[count - 1];
    }

    @Override
    public Moments moments() {
      return moments;
    }

    @Override
    public long momentOfDeadline(long time) {
      return momentOf(time, Moments.ofDeadline(time));
    }

    @Override
    public long momentOfRow(long time) {
      return momentOf(time, Moments.ofRow(time));
    }

    private long momentOf(long time, long part) {
      if (time == END || time == NEVER) {
        return time;
      }
      int before = first >= time ? steps : count(step -> watermarks[step] < time);
      return moments.following(before == steps ? NEVER : moment(before), part);
    }

    @Override
    public long reachedBefore(int code, long moment, Moments known) {
      int before = countBefore(code, moment);
      int behind = before;
      while (behind > 0 && isFollowed(behind - 1, code, moment)) {
        behind--;
      }
      if (behind == before) {
        return after(before);
      }
      long due = known.lastDeadlineBefore(moment, moment(before - 1));
      return Math.max(after(behind), Math.min(due, after(before)));
    }

    /** The number of steps that are taken before a moment of an advance. */
    private int countBefore(int code, long moment) {
      return count(
          step ->
              advance(step) < code >> 1
                  || (advance(step) == code >> 1 && moments.compare(moment(step), moment) < 0));
    }

    /** Whether a moment follows that of a step. */
    private boolean isFollowed(int step, int code, long moment) {
      return advance(step) == code >> 1 && moments.follows(moment, moment(step));
    }

    /** Nothing of what is counted in its own time: then each row moves it, at an advance. */
    @Override
    public long seenAt(int code, long moment) {
      if (isOrigin()) {
        return NEVER;
      }
      if ((code & 1) != 0) {
        return after(
            count(
                step ->
                    codes[step] < code
                        || (codes[step] == code
                            && moments.compare(momentsOfRows[step], moment) < 0)));
      }
      int before = countBefore(code, moment);
      while (before > 0 && isFollowed(before - 1, code, moment)) {
        before--;
      }
      return after(before);
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
      return after(count(step -> advance(step) <= index));
    }

    @Override
    public int firstReaching(long time, int from) {
      if (last < time) {
        return length() + 1;
      }
      return first >= time ? from : Math.max(from, advance(count(step -> watermarks[step] < time)));
    }
  }
}
