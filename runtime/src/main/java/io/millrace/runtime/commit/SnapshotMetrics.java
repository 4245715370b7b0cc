package io.millrace.runtime.commit;

/**
 * What became of a job's snapshots. A moment's view.
 *
 * @param committed how many were committed since the job was started
 * @param abandoned how many were given up
 * @param lastId the one that was committed last; 0 if none was
 * @param lastBytes what it has written, in bytes
 * @param lastPauseNanos the longest that rows waited for it at once
 * @param lastDurationMillis how long it took from its moment to its commit
 * @param lastAtMillis the clock's time of its moment
 * @param longestPauseNanos the longest that rows ever waited for one
 */
public record SnapshotMetrics(
    long committed,
    long abandoned,
    long lastId,
    long lastBytes,
    long lastPauseNanos,
    long lastDurationMillis,
    long lastAtMillis,
    long longestPauseNanos) {
  /** Of a job that keeps no snapshots, or has none yet. */
  public static final SnapshotMetrics NONE = new SnapshotMetrics(0, 0, 0, 0, 0, 0, 0, 0);

  SnapshotMetrics withCommitted(
      long id, long bytes, long pauseNanos, long durationMillis, long atMillis) {
    return new SnapshotMetrics(
        committed + 1,
        abandoned,
        id,
        bytes,
        pauseNanos,
        durationMillis,
        atMillis,
        Math.max(longestPauseNanos, pauseNanos));
  }

  /** Together with those of another part of the job: the last is the later one's. */
  public SnapshotMetrics plus(SnapshotMetrics other) {
    SnapshotMetrics later = other.lastAtMillis > lastAtMillis ? other : this;
    return new SnapshotMetrics(
        committed + other.committed,
        abandoned + other.abandoned,
        later.lastId,
        later.lastBytes,
        later.lastPauseNanos,
        later.lastDurationMillis,
        later.lastAtMillis,
        Math.max(longestPauseNanos, other.longestPauseNanos));
  }

  SnapshotMetrics withAbandoned() {
    return new SnapshotMetrics(
        committed,
        abandoned + 1,
        lastId,
        lastBytes,
        lastPauseNanos,
        lastDurationMillis,
        lastAtMillis,
        longestPauseNanos);
  }
}
