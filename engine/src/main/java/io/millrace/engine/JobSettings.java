package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.commit.SnapshotSettings;
import io.millrace.spi.error.MillraceException;
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
    long retained = settings.getLong(StreamOptions.SNAPSHOT_RETAINED);
    if (retained < 1 || retained > 1_000) {
      throw new MillraceException(
          "'" + StreamOptions.SNAPSHOT_RETAINED + "' must be from 1 to 1000, not " + retained);
    }
    return new JobSettings(
        new SnapshotSettings(
            script.commitInterval(),
            watermarkStep(settings),
            (int) retained,
            settings.getChoice(StreamOptions.SNAPSHOT_ON_FAILURE).equals("continue")),
        settings.getBoolean(StreamOptions.ALLOW_DUPLICATES),
        settings.getBoolean(StreamOptions.ALLOW_DROPPED_STATE),
        settings.getLong(StreamOptions.RESTART_ATTEMPTS),
        settings.getDuration(StreamOptions.RESTART_BACKOFF),
        parallelism(settings));
  }

  private static int parallelism(Options settings) {
    long tasks = settings.getLong(StreamOptions.PARALLELISM);
    if (tasks < 1 || tasks > Circuit.MOST_TASKS) {
      throw new MillraceException(
          "'"
              + StreamOptions.PARALLELISM
              + "' must be from 1 to "
              + Circuit.MOST_TASKS
              + ", not "
              + tasks);
    }
    return (int) tasks;
  }

  private static Duration watermarkStep(Options settings) {
    if (!settings.isGiven(StreamOptions.SNAPSHOT_AT_WATERMARK)) {
      return Duration.ZERO;
    }
    Duration step = settings.getDuration(StreamOptions.SNAPSHOT_AT_WATERMARK);
    if (step.toMillis() < 1) {
      throw new MillraceException(
          "'" + StreamOptions.SNAPSHOT_AT_WATERMARK + "' must be at least 1 ms, not " + step);
    }
    return step;
  }

  /** How long to wait before a restart, after so many in a row. */
  long backoffMillis(int restartsInARow) {
    return backoff.toMillis() << Math.min(MOST_DOUBLINGS, restartsInARow);
  }
}
