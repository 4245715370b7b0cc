package io.millrace.operators.analytic;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each row with rankings and with aggregates of frames around it.
 *
 * @param input the rows that come in, in the order of their times
 * @param passed how many columns in front are passed on
 * @param partition the columns in the input that tell partitions apart; none for a single one
 * @param lifetimeMillis how long state lives that nothing bounds; 0 for ever
 * @param limit how many rows wait at most for the time at which their frames end, or for values
 * @param output the passed columns, the rankings, the aggregates of each frame
 */
public record AnalyticSpec(
    Schema input,
    int passed,
    List<Integer> partition,
    List<Ranking> rankings,
    List<FramedAggregates> frames,
    long lifetimeMillis,
    SortLimit limit,
    Schema output)
    implements OperatorSpec {
  /** Without a limit to how many rows wait. */
  public AnalyticSpec(
      Schema input,
      int passed,
      List<Integer> partition,
      List<Ranking> rankings,
      List<FramedAggregates> frames,
      long lifetimeMillis,
      Schema output) {
    this(input, passed, partition, rankings, frames, lifetimeMillis, SortLimit.NONE, output);
  }

  public AnalyticSpec {
    partition = List.copyOf(partition);
    rankings = List.copyOf(rankings);
    frames = List.copyOf(frames);
  }

  @Override
  public String describe() {
    List<String> parts = new ArrayList<>();
    rankings.forEach(ranking -> parts.add(ranking.toString()));
    frames.forEach(frame -> parts.add(frame.bounds().describe(true)));
    String per =
        partition.isEmpty()
            ? ""
            : " per " + String.join(", ", partition.stream().map(input::name).toList());
    return "Analytic" + per + ": " + String.join(", ", parts) + limits();
  }

  private String limits() {
    return (limitMillis() == 0 ? "" : ", rows wait no longer than " + limitMillis() + " ms")
        + (followingMillis() >= 0 || countsValues() ? limit.describe() : "");
  }

  /** Whether rows wait for others, or for the time of others to have passed. */
  boolean holdsRows() {
    return frames.stream().anyMatch(frame -> frame.bounds().waits());
  }

  /** How many rows behind a row must have come before it is sent. */
  long followingRows() {
    return Math.max(0, furthestEnd(FrameUnit.ROWS));
  }

  /** Whether rows wait for so many behind them that have a value. */
  boolean countsValues() {
    return frames.stream().anyMatch(frame -> frame.bounds().countsValues());
  }

  boolean waitsForRows() {
    return followingRows() > 0 || countsValues();
  }

  /**
   * How long a row waits for others at most; 0 if there is no limit. Those that wait for a number
   * of rows are that many in each partition, so that there is nothing to limit.
   */
  long limitMillis() {
    return countsValues() ? lifetimeMillis : 0;
  }

  /** How far behind its own time a row's frames of time end; negative if none of them waits. */
  long followingMillis() {
    return Math.max(-1, furthestEnd(FrameUnit.DISTANCE));
  }

  private long furthestEnd(FrameUnit unit) {
    return frames.stream()
        .map(FramedAggregates::bounds)
        .filter(bounds -> bounds.unit() == unit)
        .mapToLong(FrameBounds::end)
        .max()
        .orElse(-1);
  }

  boolean looksByTime() {
    return frames.stream().anyMatch(frame -> frame.bounds().isDistance());
  }

  /**
   * Whether nothing of a partition is wanted any more when its rows are so long ago that no frame
   * reaches them.
   */
  boolean forgetsPartitions() {
    return rankings.isEmpty()
        && frames.stream()
            .allMatch(
                frame ->
                    frame.bounds().isDistance()
                        && !frame.bounds().isUnbounded()
                        && !frame.program().isLasting());
  }

  List<DataType> types(List<Integer> columns) {
    return columns.stream().map(input::type).toList();
  }

  @Override
  public boolean isTimeDriven() {
    return holdsRows() || looksByTime();
  }

  @Override
  public boolean sendsByTime() {
    return holdsRows();
  }

  /** Rows that wait for time keep their own; those that wait for rows are sent with another. */
  @Override
  public long lagMillis() {
    return waitsForRows() ? 0 : Math.max(followingMillis(), 0);
  }

  @Override
  public Distribution distribution() {
    if (partition.isEmpty()) {
      return Distribution.WHOLE;
    }
    List<Integer> sources = new ArrayList<>();
    for (int i = 0; i < output.size(); i++) {
      sources.add(i < passed ? i : -1);
    }
    return new Distribution.Keyed(partition, sources, holdsRows(), !holdsRows());
  }

  @Override
  public List<KernelSource<?>> kernels() {
    List<KernelSource<?>> kernels = new ArrayList<>();
    frames.forEach(frame -> kernels.add(frame.program().kernel()));
    return kernels;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new AnalyticOperator(this, loader);
  }
}
