package io.millrace.engine;

import io.millrace.runtime.circuit.OperatorMetrics;
import io.millrace.runtime.commit.SnapshotMetrics;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a job has done since it was deployed. A moment's view.
 *
 * @param rowsIn rows of each stream that begins in this job
 * @param rowsOut rows of each stream and bare query that this job makes
 * @param rowsWritten rows given to the sink of each stream and bare query that has one
 * @param late rows that came too late, by query
 * @param failed rows for which an expression failed, by stream
 * @param rejected records that could not be decoded, by stream
 * @param shed rows that were left out under overload, by stream that may lose some
 * @param lagMillis how far the slowest source is behind the clock; 0 if nothing is known of it
 * @param stateEntries keys and rows that operators hold
 * @param snapshots what became of its snapshots
 * @param operators each stream that begins in this job, then each operator with its watermark
 */
public record JobMetrics(
    Map<String, Long> rowsIn,
    Map<String, Long> rowsOut,
    Map<String, Long> rowsWritten,
    Map<String, Long> late,
    Map<String, Long> failed,
    Map<String, Long> rejected,
    Map<String, Long> shed,
    long lagMillis,
    long stateEntries,
    SnapshotMetrics snapshots,
    List<OperatorMetrics> operators) {
  /** Of a job that has done nothing. */
  static final JobMetrics NONE =
      new JobMetrics(
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          Map.of(),
          0,
          0,
          SnapshotMetrics.NONE,
          List.of());

  public JobMetrics {
    rowsIn = Map.copyOf(rowsIn);
    rowsOut = Map.copyOf(rowsOut);
    rowsWritten = Map.copyOf(rowsWritten);
    late = Map.copyOf(late);
    failed = Map.copyOf(failed);
    rejected = Map.copyOf(rejected);
    shed = Map.copyOf(shed);
    operators = List.copyOf(operators);
  }

  /** All rows that came in. */
  public long totalIn() {
    return sum(rowsIn);
  }

  /** All rows that went out. */
  public long totalOut() {
    return sum(rowsOut);
  }

  /** All rows that sinks have taken. */
  public long totalWritten() {
    return sum(rowsWritten);
  }

  /** All rows that came too late. */
  public long totalLate() {
    return sum(late);
  }

  /** All rows and records that could not be used. */
  public long totalErrors() {
    return sum(failed) + sum(rejected);
  }

  /** All rows that were left out under overload. */
  public long totalShed() {
    return sum(shed);
  }

  /** How many snapshots have failed, or were over their time. */
  public long abandonedSnapshots() {
    return snapshots.abandoned();
  }

  /** When the last snapshot was committed, in milliseconds since the epoch; empty if none was. */
  public OptionalLong lastSnapshotMillis() {
    return snapshots.committed() == 0
        ? OptionalLong.empty()
        : OptionalLong.of(snapshots.lastAtMillis());
  }

  /** Together with those of another part of the same job. */
  JobMetrics plus(JobMetrics other) {
    return new JobMetrics(
        plus(rowsIn, other.rowsIn),
        plus(rowsOut, other.rowsOut),
        plus(rowsWritten, other.rowsWritten),
        plus(late, other.late),
        plus(failed, other.failed),
        plus(rejected, other.rejected),
        plus(shed, other.shed),
        Math.max(lagMillis, other.lagMillis),
        stateEntries + other.stateEntries,
        snapshots.plus(other.snapshots),
        plus(operators, other.operators));
  }

  /** What stays of them when the part of the job is elsewhere: what it did, not what it holds. */
  JobMetrics withoutState() {
    List<OperatorMetrics> counts = new ArrayList<>();
    for (OperatorMetrics one : operators) {
      counts.add(
          new OperatorMetrics(
              one.node(), one.query(), one.operator(), one.rows(), one.late(), 0, Timeline.END));
    }
    return new JobMetrics(
        rowsIn, rowsOut, rowsWritten, late, failed, rejected, shed, 0, 0, snapshots, counts);
  }

  private static Map<String, Long> plus(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sums = new HashMap<>(one);
    other.forEach((name, count) -> sums.merge(name, count, Long::sum));
    return sums;
  }

  /** Of the same operators in the same order, or of none. */
  private static List<OperatorMetrics> plus(
      List<OperatorMetrics> one, List<OperatorMetrics> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() ? other : one;
    }
    List<OperatorMetrics> sums = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sums.add(one.get(i).plus(other.get(i)));
    }
    return sums;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
