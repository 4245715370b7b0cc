package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.runtime.commit.SnapshotSettings;
import io.millrace.spi.option.Options;
import java.time.Duration;

/**
 * What a script says about how its job runs.
 *
 * @param snapshots how it takes snapshots
 * @param mayRepeat whether it goes on from an earlier snapshot if the last one is damaged
 * @param mayDropState whether state that the script no longer has is left out
 * @param restarts how many times in a row it is started again when it fails
 * @param backoff how long it waits before the first of them
 * @param parallelism in how many tasks what can be spread by keys runs
 */
record JobSettings(
    SnapshotSettings snapshots,
    boolean mayRepeat,
    boolean mayDropState,
    long restarts,
    Duration backoff,
    int parallelism) {
  private static final int MOST_DOUBLINGS = 6;

  static JobSettings of(CompiledScript script) {
    Options settings = script.settings();
    return new JobSettings(
        new SnapshotSettings(
            script.commitInterval(),
            settings.getDuration(StreamOptions.SNAPSHOT_AT_WATERMARK),
            (int) settings.getLong(StreamOptions.SNAPSHOT_RETAINED),
            settings.getChoice(StreamOptions.SNAPSHOT_ON_FAILURE).equals("continue")),
        settings.getBoolean(StreamOptions.ALLOW_DUPLICATES),
        settings.getBoolean(StreamOptions.ALLOW_DROPPED_STATE),
        settings.getLong(StreamOptions.RESTART_ATTEMPTS),
        settings.getDuration(StreamOptions.RESTART_BACKOFF),
        (int) settings.getLong(StreamOptions.PARALLELISM));
  }

  /** How long to wait before a restart, after so many in a row. */
  long backoffMillis(int restartsInARow) {
    return backoff.toMillis() << Math.min(MOST_DOUBLINGS, restartsInARow);
  }
}
