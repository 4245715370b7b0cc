package io.millrace.runtime.circuit;

import io.millrace.spi.time.Timeline;

/** The watermark over a turn, written down: others may read it while the source goes on. */
final class RecordedTimeline implements Timeline {
  private long base;
  private int length;
  private boolean settlesOwnTime = true;
  private long[] before = {NEVER};
  private long lagMillis;

  /** Takes over what another timeline says of the turn. */
  void record(Timeline timeline) {
    base = timeline.base();
    length = timeline.length();
    settlesOwnTime = timeline.settlesOwnTime();
    lagMillis = timeline.toOrigin(0);
    if (before.length <= length) {
      before = new long[length + 1];
    }
    for (int i = 0; i <= length; i++) {
      before[i] = timeline.before(i);
    }
  }

  @Override
  public long base() {
    return base;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long before(int index) {
    return before[index];
  }

  @Override
  public boolean settlesOwnTime() {
    return settlesOwnTime;
  }

  @Override
  public long toOrigin(long time) {
    if (time == NEVER || time == END) {
      return time;
    }
    return time >= END - 1 - lagMillis ? END - 1 : time + lagMillis;
  }

  @Override
  public long fromOrigin(long time) {
    if (time == NEVER || time == END) {
      return time;
    }
    return time < NEVER + 1 + lagMillis ? NEVER + 1 : time - lagMillis;
  }

  @Override
  public int firstReaching(long time, int from) {
    if (before[length] < time) {
      return length + 1;
    }
    int low = from;
    int high = length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (before[middle] >= time) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
