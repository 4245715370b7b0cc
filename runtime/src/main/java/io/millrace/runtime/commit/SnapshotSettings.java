package io.millrace.runtime.commit;

import java.time.Duration;

/**
 * How a job takes snapshots.
 *
 * @param interval from the moment of one to that of the next, if there is something new
 * @param watermarkStep has one taken, besides, when the watermark of all inputs has passed a
 *     multiple of it since the epoch; zero if none is
 * @param retained how many committed ones are kept, at least 1
 * @param mayMiss whether the job goes on without a snapshot that could not be written; else it
 *     stops
 */
public record SnapshotSettings(
    Duration interval, Duration watermarkStep, int retained, boolean mayMiss) {
  public SnapshotSettings {
    if (retained < 1) {
      throw new IllegalArgumentException("retained: " + retained);
    }
  }
}
