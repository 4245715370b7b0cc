package io.millrace.spi.time;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest of several timelines: an operator's watermark is the smallest of its inputs'. An
 * input that takes no part in the turn stays at the watermark at which it was left.
 */
public final class MergedTimeline implements Timeline {
  private final @Nullable Timeline[] active;
  private final long[] left;
  private Timeline any;

  public MergedTimeline(int inputs, Timeline initial) {
    this.active = new Timeline[inputs];
    this.left = new long[inputs];
    Arrays.fill(left, NEVER);
    this.any = initial;
  }

  /** Says which inputs take part in the coming turn: null for one that does not. */
  public void begin(List<? extends @Nullable Timeline> inputs) {
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = inputs.get(i);
      active[i] = timeline;
      if (timeline != null) {
        any = timeline;
      }
    }
  }

  /** Ends the turn: remembers where each input was left. */
  public void end() {
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (timeline != null) {
        left[i] = timeline.last();
      }
    }
  }

  @Override
  public boolean settlesOwnTime() {
    return false;
  }

  @Override
  public long base() {
    return any.base();
  }

  @Override
  public int length() {
    return any.length();
  }

  @Override
  public long before(int index) {
    long smallest = END;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      smallest = Math.min(smallest, timeline == null ? left[i] : timeline.before(index));
    }
    return smallest;
  }

  @Override
  public int firstReaching(long time, int from) {
    int first = from;
    for (int i = 0; i < active.length; i++) {
      Timeline timeline = active[i];
      if (timeline != null) {
        first = Math.max(first, timeline.firstReaching(time, from));
      } else if (left[i] < time) {
        return length() + 1;
      }
    }
    return first;
  }
}
