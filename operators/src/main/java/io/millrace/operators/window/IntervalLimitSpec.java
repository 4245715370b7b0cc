package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.sort.SortLimit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Limits the rows of each group and interval {@code [k·d, (k+1)·d)} of time. A row belongs to the
 * interval of its time, or, where the watermark has passed this, to that of the watermark: so no
 * row is late. Rows that wait for the end of their interval have it for their time then.
 *
 * <p>Of rows from several source partitions that are polled each one's own watermark counts, and
 * what waits for the end of an interval is taken in the order of these, then by partition and
 * offset: so neither depends on what was polled when.
 *
 * @param kind which rows go on
 * @param everyMillis the length of an interval, positive
 * @param keys the columns that tell groups apart; none for one group
 * @param output the rows, as they come and as they go
 * @param limit how many rows wait at most
 */
public record IntervalLimitSpec(
    Kind kind, long everyMillis, List<Integer> keys, Schema output, SortLimit limit)
    implements OperatorSpec {

  /** Which rows of an interval go on. */
  public enum Kind {
    /** The first one of each group to come, at once. */
    FIRST,
    /** The last one of each group to come, when the interval ends. */
    LAST,
    /** All, when the interval ends, in the order in which they came. */
    ALL
  }

  /** Rows wait for the end of their interval, and none is late. */
  private record AtEnd(WindowAssigner intervals) implements DelayOperator.Release {
    @Override
    public long time(Batch batch, int row) {
      return intervals.end(intervals.start(moment(batch, row)));
    }

    @Override
    public boolean movesTime() {
      return false;
    }
  }

  public IntervalLimitSpec {
    keys = List.copyOf(keys);
  }

  WindowAssigner intervals() {
    return new WindowAssigner(everyMillis, 0);
  }

  /** The time by which a row is put into an interval. */
  static long moment(Batch batch, int row) {
    return Math.max(batch.rowtimes()[row], batch.reached(row));
  }

  List<DataType> keyTypes() {
    return keys.stream().map(output::type).toList();
  }

  @Override
  public String describe() {
    return "Limit to "
        + kind.name().toLowerCase(Locale.ROOT)
        + " every "
        + everyMillis
        + " ms"
        + perGroup(output, keys)
        + (kind == Kind.FIRST ? "" : limit.describe());
  }

  /** The groups of a limit, for EXPLAIN PHYSICAL. */
  static String perGroup(Schema rows, List<Integer> keys) {
    return keys.isEmpty()
        ? ""
        : keys.stream().map(rows::name).collect(Collectors.joining(", ", " per ", ""));
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  /** Where all rows go on, their order is that of all groups together. */
  @Override
  public Distribution distribution() {
    return kind == Kind.ALL ? Distribution.WHOLE : overPartitions();
  }

  @Override
  public Distribution overPartitions() {
    if (kind == Kind.ALL) {
      return Distribution.Rowwise.unchanged(output);
    }
    return keys.isEmpty()
        ? Distribution.WHOLE
        : new Distribution.Keyed(keys, Distribution.same(output.size()), kind == Kind.LAST);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return switch (kind) {
      case FIRST -> new FirstOfIntervalOperator(this);
      case LAST -> inOneOrder(new LastOfIntervalOperator(this));
      case ALL -> inOneOrder(new DelayOperator(output, new AtEnd(intervals()), limit));
    };
  }

  private Operator inOneOrder(ClosingOperator operator) {
    return new AwaitingOperator(operator, (batch, row, seen) -> true, output, limit);
  }
}
