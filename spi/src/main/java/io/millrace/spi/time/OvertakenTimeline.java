package io.millrace.spi.time;

/**
 * The watermark by which the rows of one input are late where others may have gone ahead of it
 * while it was idle: its own, or that of all of them, whichever is greater.
 */
public final class OvertakenTimeline implements Timeline {
  private final Timeline own;
  private final Timeline all;

  /**
   * @param own of the input itself
   * @param all of what it is merged into, over the same turn
   */
  public OvertakenTimeline(Timeline own, Timeline all) {
    this.own = own;
    this.all = all;
  }

  /** The input's own. */
  public Timeline own() {
    return own;
  }

  @Override
  public boolean settlesOwnTime() {
    return own.settlesOwnTime();
  }

  @Override
  public boolean isIdle() {
    return own.isIdle();
  }

  @Override
  public long toOrigin(long time) {
    return own.toOrigin(time);
  }

  @Override
  public long fromOrigin(long time) {
    return own.fromOrigin(time);
  }

  @Override
  public long base() {
    return own.base();
  }

  @Override
  public int length() {
    return own.length();
  }

  @Override
  public long beforeFirst() {
    return Math.max(own.beforeFirst(), all.beforeFirst());
  }

  @Override
  public long before(int index) {
    return Math.max(own.before(index), all.before(index));
  }

  @Override
  public int firstReaching(long time, int from) {
    return Math.min(own.firstReaching(time, from), all.firstReaching(time, from));
  }
}
