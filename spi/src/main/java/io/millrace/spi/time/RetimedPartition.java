package io.millrace.spi.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of one partition of rows that are given times ({@link RetimedTimeline}).
 *
 * <p>A row of position {@code 2a - 1} or {@code 2a} moves it at the advance {@code a}, each at a
 * moment of its own. Those that the advance has brought about, at {@code 2a}, come first, in the
 * order of their moments; the row at {@code 2a - 1}, which has moved time there, comes behind them.
 * It is the same where the moment of a row has fewer parts than others may have: what follows it
 * has been brought about by what that row has moved, and comes before. So a row has seen the rows
 * of the advances before, and of its own advance those of earlier moments, but none of which its
 * moment follows.
 */
final class RetimedPartition implements Timeline {
  private final Timeline input;
  private final Slack rule;

  /** The slack, if nothing estimates it. */
  private final long slack;

  private final BooleanSupplier isIdle;
  private final BooleanSupplier isEnded;
  private final Moments moments;
  private final int parts;
  private @Nullable SlackEstimator estimator;

  /** The watermark at the end of the turn before. */
  private long first = NEVER;

  private long last = NEVER;
  private final WatermarkSteps steps;

  /** Of the rows of one position of which each has its moment, what they move by themselves. */
  private final WatermarkSteps between;

  /** Rows behind which others may come that move it first: the last one comes first. */
  private final List<Waiting> waiting = new ArrayList<>();

  /** How many of them there are; others are free. */
  private int waitingCount;

  private boolean idle;

  /** Rows of one moment. */
  private static final class Waiting {
    private int advance;
    private long moment;

    /** Behind them, if nothing that is measured of them changes the slack. */
    private long watermark;

    /** What is to be measured. */
    private long[] times = new long[1];

    private int count;

    void begin(int ofAdvance, long ofMoment) {
      advance = ofAdvance;
      moment = ofMoment;
      watermark = NEVER;
      count = 0;
    }

    void measure(long rowtime) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = rowtime;
    }
  }

  /**
   * @param isEnded whether it brings no more rows
   * @param parts how many parts the moments of its rows have at most
   */
  RetimedPartition(
      Timeline input,
      Slack slack,
      BooleanSupplier isIdle,
      BooleanSupplier isEnded,
      Moments moments,
      int parts) {
    this.input = input;
    this.rule = slack;
    this.slack = slack instanceof Slack.Fixed fixed ? fixed.millis() : 0;
    this.estimator = SlackEstimator.of(slack).orElse(null);
    this.isIdle = isIdle;
    this.isEnded = isEnded;
    this.moments = moments;
    this.parts = parts;
    this.steps = new WatermarkSteps(moments);
    this.between = new WatermarkSteps(moments);
  }

  void restore(long reached, long[] measured) {
    estimator = SlackEstimator.of(rule).orElse(null);
    if (estimator != null) {
      estimator.restore(measured);
    }
    waitingCount = 0;
    last = isEnded.getAsBoolean() ? END : reached;
    begin();
  }

  long[] measured() {
    return estimator == null ? new long[0] : estimator.save();
  }

  void begin() {
    endTurn();
    idle = isIdle.getAsBoolean();
  }

  void endTurn() {
    moveAll();
    steps.clear();
    between.clear();
    first = last;
  }

  /** Says that all rows of the turn have been added. The end of the sources comes behind them. */
  void complete() {
    moveAll();
    if (isEnded.getAsBoolean()) {
      move(Math.min(input.firstReaching(END, 0), length()), behindAll(), END);
    }
  }

  private long behindAll() {
    return moments.padded(END, parts, END);
  }

  /** Adds a row behind those that were added. */
  void add(int code, long moment, long rowtime) {
    boolean isOfRow = (code & 1) != 0;
    int advance = (code + 1) >> 1;
    if (moments == Moments.NONE) {
      move(advance, END, watermarkAfter(rowtime));
      return;
    }
    long at = isOfRow ? behindAll() : moments.padded(moment, parts, END);
    moveBefore(advance, isOfRow ? at : moment);
    if (!isOfRow && at == moment) {
      move(advance, at, watermarkAfter(rowtime));
      return;
    }
    Waiting rows = waiting(advance, at);
    SlackEstimator by = estimator;
    long watermark = by == null ? lessSlack(rowtime) : by.watermarkAt(rowtime);
    rows.watermark = Math.max(rows.watermark, watermark);
    if (by != null) {
      rows.measure(rowtime);
    }
    if (isOfRow && moment != END) {
      between.add(code, moment, rows.watermark);
    }
  }

  /** Those of a moment; they come before all others that wait. */
  private Waiting waiting(int advance, long moment) {
    if (waitingCount > 0) {
      Waiting next = waiting.get(waitingCount - 1);
      if (next.advance == advance && next.moment == moment) {
        return next;
      }
    }
    if (waitingCount == waiting.size()) {
      waiting.add(new Waiting());
    }
    Waiting begun = waiting.get(waitingCount++);
    begun.begin(advance, moment);
    return begun;
  }

  /** Moves it by the rows that wait and come before a moment of an advance. */
  private void moveBefore(int advance, long moment) {
    while (waitingCount > 0) {
      Waiting next = waiting.get(waitingCount - 1);
      if (next.advance == advance && moments.compare(next.moment, moment) >= 0) {
        return;
      }
      moveNext();
    }
  }

  private void moveAll() {
    while (waitingCount > 0) {
      moveNext();
    }
  }

  private void moveNext() {
    Waiting next = waiting.get(--waitingCount);
    long watermark = estimator == null ? next.watermark : NEVER;
    for (int i = 0; i < next.count; i++) {
      watermark = Math.max(watermark, watermarkAfter(next.times[i]));
    }
    move(next.advance, next.moment, watermark);
  }

  /** The watermark behind the next row, unless it was farther before. */
  private long watermarkAfter(long rowtime) {
    SlackEstimator by = estimator;
    if (by != null) {
      return by.watermarkAfter(rowtime);
    }
    return lessSlack(rowtime);
  }

  private long lessSlack(long rowtime) {
    return rowtime < NEVER + 1 + slack ? NEVER + 1 : rowtime - slack;
  }

  private void move(int advance, long moment, long watermark) {
    if (watermark > last) {
      steps.add(advance, moment, watermark);
      last = watermark;
    }
  }

  private long after(int count) {
    return count == 0 ? first : steps.watermark(count - 1);
  }

  @Override
  public Moments moments() {
    return moments;
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return momentOf(time, code, Moments.ofDeadline(time));
  }

  @Override
  public long momentOfRow(long time, int code) {
    return momentOf(time, code, Moments.ofRow(time));
  }

  private long momentOf(long time, int code, long part) {
    if (time == END || time == NEVER) {
      return time;
    }
    int step = first >= time ? steps.count() : steps.countBelow(time);
    boolean isReachedThere = step < steps.count() && steps.advance(step) >= code >> 1;
    long moment = isReachedThere ? steps.moment(step) : moments.padded(NEVER, parts, NEVER);
    return moments.following(moment, part);
  }

  @Override
  public long reachedBefore(int code, long moment, Moments known) {
    int before = steps.countBefore(code >> 1, moment);
    if (!isFollowed(before - 1, code, moment)) {
      return after(before);
    }
    long due = known.lastDeadlineBefore(moment, steps.moment(before - 1));
    return Math.max(after(before - 1), Math.min(due, after(before)));
  }

  /** Whether a moment follows that of a step. */
  private boolean isFollowed(int step, int code, long moment) {
    return step >= 0
        && steps.advance(step) == code >> 1
        && moments.follows(moment, steps.moment(step));
  }

  /** Nothing of what is counted in its own time: then each row moves it, at an advance. */
  @Override
  public long seenAt(int code, long moment) {
    if (moments == Moments.NONE) {
      return NEVER;
    }
    if ((code & 1) != 0) {
      int count = between.countBefore(code, moment);
      return count == 0 || between.advance(count - 1) != code
          ? NEVER
          : between.watermark(count - 1);
    }
    int before = steps.countBefore(code >> 1, moment);
    return after(isFollowed(before - 1, code, moment) ? before - 1 : before);
  }

  @Override
  public boolean isIdle() {
    return idle;
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
    return first;
  }

  @Override
  public long last() {
    return last;
  }

  @Override
  public long before(int index) {
    return after(steps.countUpTo(index));
  }

  @Override
  public int firstReaching(long time, int from) {
    if (last < time) {
      return length() + 1;
    }
    return first >= time ? from : Math.max(from, steps.advance(steps.countBelow(time)));
  }
}
