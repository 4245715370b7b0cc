package io.millrace.spi.time;

/**
 * The watermark by which the rows of one input are late where others may have gone ahead of it
 * while it was idle: its own, or that of all of them, whichever is greater.
 */
public final class OvertakenTimeline extends DelegatingTimeline {
  private final Timeline all;

  /**
   * @param own of the input itself
   * @param all of what it is merged into, over the same turn
   */
  public OvertakenTimeline(Timeline own, Timeline all) {
    super(own);
    this.all = all;
  }

  /** The input's own. */
  public Timeline own() {
    return of;
  }

  @Override
  public long seenAt(int code, long moment) {
    return Math.max(of.seenAt(code, moment), all.seenAt(code, moment));
  }

  @Override
  public long beforeFirst() {
    return Math.max(of.beforeFirst(), all.beforeFirst());
  }

  @Override
  public long before(int index) {
    return Math.max(of.before(index), all.before(index));
  }

  @Override
  public int firstReaching(long time, int from) {
    return Math.min(of.firstReaching(time, from), all.firstReaching(time, from));
  }
}
