package io.millrace.language.plan;

import java.util.List;

/**
 * An event meets what is in the window of the other side when it comes.
 *
 * @param isSorted whether the events of both sides are taken in the order of their times; else as
 *     they come
 * @param sendsContents whether a joined row is there until one of its events leaves, and is sent
 *     then once more, as {@code -D}: for another such join
 */
public record JoinWindows(
    JoinContents left, JoinContents right, boolean isSorted, boolean sendsContents)
    implements JoinMethod {

  /**
   * What is there of one side.
   *
   * @param isHeld whether its events stay, and are sent once more, as {@code -D}, when they leave;
   *     else each leaves at once
   * @param triggers whether its events meet those that are there; else they are only met
   * @param stays how long an event stays at most, until the first of these is over; none where only
   *     others push it out
   */
  public record JoinContents(boolean isHeld, boolean triggers, List<Stay> stays) {
    public JoinContents {
      stays = List.copyOf(stays);
    }
  }

  /**
   * How long an event is in its window, if no other one pushes it out.
   *
   * @param column of its side, from which that is counted; {@link #ROWTIME} for the time at which
   *     it enters where no column has that
   * @param millis how long behind that it leaves
   * @param isCertain whether no other event ever pushes it out
   */
  public record Stay(int column, long millis, boolean isCertain) {
    /** No column, but the time of the row that enters. */
    public static final int ROWTIME = -1;
  }

  /** The same over inputs of another order. */
  public JoinWindows sorted(boolean areSorted) {
    return new JoinWindows(left, right, areSorted, sendsContents);
  }

  /** The same, of which another join takes what is there. */
  public JoinWindows sendingContents() {
    return new JoinWindows(left, right, isSorted, true);
  }
}
