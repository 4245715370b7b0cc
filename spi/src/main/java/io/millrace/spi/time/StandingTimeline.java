package io.millrace.spi.time;

/** A watermark that stands still over a turn: that by which a row is late which came earlier. */
public final class StandingTimeline implements Timeline {
  private final Timeline turn;
  private final long base;
  private final long watermark;

  /**
   * @param turn any timeline of the turn
   */
  public StandingTimeline(Timeline turn, long watermark) {
    this(turn, turn.base(), watermark);
  }

  /**
   * @param turn any timeline of the turn
   * @param base in place of that of the turn, for rows with causes of another one
   */
  public StandingTimeline(Timeline turn, long base, long watermark) {
    this.turn = turn;
    this.base = base;
    this.watermark = watermark;
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public int length() {
    return turn.length();
  }

  @Override
  public long beforeFirst() {
    return watermark;
  }

  @Override
  public long before(int index) {
    return watermark;
  }

  @Override
  public long toOrigin(long time) {
    return turn.toOrigin(time);
  }

  @Override
  public Moments moments() {
    return turn.moments();
  }

  @Override
  public long momentOfDeadline(long time, int code) {
    return turn.momentOfDeadline(time, code);
  }

  @Override
  public long momentOfRow(long time, int code) {
    return turn.momentOfRow(time, code);
  }

  @Override
  public long reachedBefore(int code, long moment, Moments moments) {
    return turn.reachedBefore(code, moment, moments);
  }

  @Override
  public int firstReaching(long time, int from) {
    return watermark >= time ? from : length() + 1;
  }
}
