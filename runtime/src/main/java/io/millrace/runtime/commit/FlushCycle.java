package io.millrace.runtime.commit;

import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.spi.time.Clock;
import java.time.Duration;

/**
 * Without snapshots: every interval, and when there is nothing to read, the sinks are flushed, and
 * then the sources are told that what they gave is safe. At least once, also if the process is
 * killed; state is lost.
 */
public final class FlushCycle implements CommitCycle {
  private final Turns turns;
  private final Runnable flush;
  private final SourceRunner runner;
  private final Clock clock;
  private final long intervalMillis;
  private long last;
  private boolean uncommitted;

  /**
   * @param flush has the sinks write what they have taken; called during a turn
   */
  public FlushCycle(
      Turns turns, Runnable flush, SourceRunner runner, Clock clock, Duration interval) {
    this.turns = turns;
    this.flush = flush;
    this.runner = runner;
    this.clock = clock;
    this.intervalMillis = interval.toMillis();
    this.last = clock.millis();
  }

  @Override
  public boolean advance(boolean isIdle, boolean hasNews) {
    uncommitted |= hasNews;
    long now = clock.millis();
    if (uncommitted && (isIdle || now - last >= intervalMillis)) {
      finish();
      last = now;
    }
    return false;
  }

  @Override
  public void finish() {
    turns.run(flush);
    runner.acknowledge();
    uncommitted = false;
  }

  @Override
  public SnapshotMetrics metrics() {
    return SnapshotMetrics.NONE;
  }

  @Override
  public void close() {}
}
