package io.millrace.operators.rank;

import io.millrace.operators.analytic.FrameBounds;
import io.millrace.operators.analytic.FramedAggregates;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * The aggregates of one frame, while it moves over the rows of a partition from place to place: a
 * row comes into it once and leaves it once. Between two walks it holds nothing.
 */
final class OverFrame {
  private static final int VERSION = 1;
  private static final Column[] NO_KEYS = {};

  private final FrameBounds bounds;
  private final List<Integer> argumentColumns;
  private final AggregateKernel kernel;
  private final SlotTable aggregates;
  private final Column[] arguments;
  private final Column[] results;
  private final int[] slot = new int[1];

  /** The places of the first row in it, and of the first behind it. */
  private long from;

  private long to;

  /** Where its bounds by value are. */
  private long low;

  private long high;

  OverFrame(FramedAggregates spec, String name, OperatorContext context, KernelLoader loader) {
    this.bounds = spec.bounds();
    this.argumentColumns = spec.arguments();
    this.arguments = new Column[argumentColumns.size()];
    this.kernel = loader.load(spec.program().kernel(), context.evaluation());
    this.aggregates =
        context
            .state()
            .slotTable(new SlotTableSpec(name, VERSION, List.of(), spec.program().fields()));
    List<DataType> types = spec.program().results();
    this.results = new Column[types.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = Column.of(types.get(i).layout(), 1);
    }
  }

  /** The results at the place to which it was moved last, at index 0. */
  Column[] results() {
    return results;
  }

  /**
   * The first place whose frame may have changed.
   *
   * @param place the first place at which a row has come, gone or changed
   * @param firstPeer the place of the first row with values of the order of one that has
   */
  long firstChanged(long place, long firstPeer) {
    if (bounds.isRows()) {
      return bounds.hasNoEnd() ? 1 : place - Math.max(bounds.end(), 0);
    }
    return bounds.end() == 0 ? Math.min(place, firstPeer) : 1;
  }

  /**
   * The last place whose frame may have changed.
   *
   * @param place the last place at which a row has come, gone or changed
   * @param size how many rows there are
   */
  long lastChanged(long place, long size) {
    return isNear() ? place - Math.min(bounds.start(), 0) : size;
  }

  /** The place of the first row that it reads, or its peers, when it moves from a place on. */
  long firstRead(long place) {
    return isNear() ? place + Math.min(bounds.start(), 0) : 1;
  }

  /** The place of the last row that it reads, or its peers, when it moves up to a place. */
  long lastRead(long place, long size) {
    return bounds.isRows() && !bounds.hasNoEnd() ? place + Math.max(bounds.end(), 0) : size;
  }

  /** Whether it begins so many rows before or behind its own. */
  private boolean isNear() {
    return bounds.isRows() && !bounds.isUnbounded();
  }

  /** Stands before a place. */
  void begin(OverRows rows, long place) {
    aggregates.resolve(NO_KEYS, 0, 1, slot);
    kernel.bind(aggregates);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = rows.column(argumentColumns.get(i));
    }
    from = place;
    to = place;
    low = place;
    high = place - 1;
  }

  /** Moves to the place at which a walk is, and computes its results. */
  void move(OverWalk walk) {
    long first = first(walk);
    long last = last(walk);
    for (; to <= last; to++) {
      kernel.addBack(arguments, walk.slot(to), slot[0]);
    }
    for (; from < first && from < to; from++) {
      kernel.remove(arguments, walk.slot(from), slot[0]);
    }
    if (from < first) {
      from = first;
      to = first;
    }
    for (Column result : results) {
      result.clearNulls();
    }
    kernel.results(slot, 0, 1, results, 0);
  }

  /** Forgets what it holds. */
  void end() {
    aggregates.remove(slot[0]);
  }

  private long first(OverWalk walk) {
    long start = bounds.start();
    if (bounds.isUnbounded()) {
      return 1;
    }
    if (bounds.isRows()) {
      return Math.min(Math.max(walk.place() + start, 1), walk.size() + 1);
    }
    if (start == 0 || walk.isNull()) {
      return walk.firstPeer();
    }
    while (low <= walk.size() && walk.isBefore(low, start)) {
      low++;
    }
    return low;
  }

  private long last(OverWalk walk) {
    long end = bounds.end();
    if (bounds.hasNoEnd()) {
      return walk.size();
    }
    if (bounds.isRows()) {
      return Math.min(walk.place() + end, walk.size());
    }
    if (end == 0 || walk.isNull()) {
      return walk.lastPeer();
    }
    while (high < walk.size() && !walk.isBehind(high + 1, end)) {
      high++;
    }
    return high;
  }
}
