package io.millrace.testkit.operator;

import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.LaggingTimeline;
import io.millrace.spi.time.MergedTimeline;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.RetimedTimeline;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The watermarks of an operator's inputs, as the runtime keeps them. */
final class InputTimelines {
  private final HarnessSetup setup;
  private final List<SourceTimeline> sources = new ArrayList<>();
  private final @Nullable MergedTimeline merged;
  private final @Nullable HeldTimeline held;
  private final @Nullable RetimedTimeline retimed;

  InputTimelines(HarnessSetup setup) {
    this.setup = setup;
    int count = setup.sharesSource() ? 1 : setup.inputs().size();
    for (int i = 0; i < count; i++) {
      sources.add(new SourceTimeline(new Slack.Fixed(setup.slackMillis())));
    }
    merged = count == 1 ? null : new MergedTimeline(count, sources.get(0));
    Slack ofTimes = setup.retimes();
    retimed = ofTimes == null ? null : retimedTimeline(ofTimes);
    held = setup.holdsTime() ? new HeldTimeline(own(), sources) : null;
  }

  private RetimedTimeline retimedTimeline(Slack slack) {
    Timeline from = sources.get(0);
    return new RetimedTimeline(
        from, slack, 1, it -> from.isIdle(), it -> from.last() == Timeline.END, Moments.NONE, 1);
  }

  Timeline of(int input) {
    return sources.get(source(input));
  }

  /** The operator's own: the smallest of its inputs'. */
  Timeline own() {
    return merged == null ? sources.get(0) : merged;
  }

  Timeline passedOn() {
    if (held != null) {
      return held;
    }
    if (retimed != null) {
      return retimed;
    }
    return setup.lagMillis() == 0 ? own() : new LaggingTimeline(own(), setup.lagMillis());
  }

  /** Begins a turn of the source of these rows. */
  void beginRows(long base, List<HarnessStep.Row> rows) {
    int source = source(rows.get(0).input());
    long[] rowtimes = rows.stream().mapToLong(HarnessStep.Row::rowtime).toArray();
    SourceTimeline timeline = sources.get(source);
    if (setup.isArrival()) {
      timeline.beginArrival(base, rowtimes, rowtimes.length, rowtimes[rowtimes.length - 1]);
    } else {
      timeline.beginEvent(base, rowtimes, rowtimes.length);
    }
    begin(source);
  }

  /** Begins a turn without rows of one source, or at -1 of all. */
  void beginAdvance(long base, int input, long time) {
    for (int i = 0; i < sources.size(); i++) {
      if (input < 0 || i == source(input)) {
        sources.get(i).beginAdvance(base, time);
      }
    }
    begin(input < 0 ? -1 : source(input));
  }

  /** Takes over where the operator is that has been restored, in a turn or between two. */
  void restore() {
    if (retimed != null) {
      retimed.restore();
      retimed.begin();
    }
  }

  void end() {
    if (merged != null) {
      merged.end();
    }
    if (held != null) {
      held.end();
    }
    if (retimed != null) {
      retimed.end();
    }
  }

  private void begin(int source) {
    if (merged != null) {
      List<@Nullable Timeline> active = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        active.add(source < 0 || i == source ? sources.get(i) : null);
      }
      merged.begin(active);
    }
    if (held != null) {
      held.begin(source <= 0);
    }
    if (retimed != null) {
      retimed.begin();
    }
  }

  private int source(int input) {
    return setup.sharesSource() ? 0 : input;
  }
}
