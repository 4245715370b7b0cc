package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.operators.pattern.PatternVariable.Limit;
import io.millrace.operators.values.DoubleMath;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * The limit of a variable as a number: an event can fill it for an attempt only if its own number
 * is the attempt's or greater. {@link Long#MIN_VALUE} where nothing is known.
 *
 * <p>The numbers of the attempts of late are kept, not saved: they follow from what attempts keep.
 */
final class Threshold {
  private static final int MOST = 1 << 16;

  final int variable;
  private final Limit limit;
  private final AttemptTable table;
  private final RowProjector value;
  private final int[] reads;
  private final Batch row;
  private final Column result;
  private final Column[] results;
  private final RowErrors errors = new RowErrors();

  /** By number of an attempt, as far as that goes, the attempt and its number here. */
  private long[] ids = new long[16];

  private long[] least = new long[16];

  Threshold(
      PatternSpec spec,
      int variable,
      Limit limit,
      AttemptTable table,
      KernelLoader loader,
      EvaluationContext context,
      Timeline timeline) {
    this.variable = variable;
    this.limit = limit;
    this.table = table;
    this.value = loader.load(limit.value(), context);
    this.reads = limit.reads().stream().mapToInt(Integer::intValue).toArray();
    this.row = new Batch(spec.kept(), spec.keptRow(), timeline).rows(1, new long[1], null, null);
    this.result = Column.of(limit.type().layout(), 1);
    this.results = new Column[] {result};
  }

  /** The number of an attempt. */
  long of(int attempt, long id) {
    int place = attempt & (MOST - 1);
    if (place >= ids.length) {
      int room = Math.min(MOST, Integer.highestOneBit(place) << 1);
      ids = Arrays.copyOf(ids, room);
      least = Arrays.copyOf(least, room);
    }
    if (ids[place] != id) {
      ids[place] = id;
      least[place] = find(attempt);
    }
    return least[place];
  }

  /** Says that an attempt keeps something else than before. */
  void forget(int attempt) {
    int place = attempt & (MOST - 1);
    if (place < ids.length) {
      ids[place] = 0;
    }
  }

  private long find(int attempt) {
    for (Column column : row.columns()) {
      column.clearNulls();
    }
    for (int read : reads) {
      table.write(read, attempt, row.columns(), 0, 0);
    }
    result.clearNulls();
    value.project(row, null, 1, results, errors);
    boolean isKnown = errors.isEmpty() && !result.isNull(0);
    errors.clear();
    if (!isKnown) {
      return Long.MIN_VALUE;
    }
    long bound = number(result, 0);
    return limit.isIncluded() || bound == Long.MAX_VALUE ? bound : bound + 1;
  }

  /** The number of an event; the greatest if it is NULL, of which nothing is known. */
  long of(PatternEvent event) {
    Column column = event.batch().column(limit.column());
    return column.isNull(event.row()) ? Long.MAX_VALUE : number(column, event.row());
  }

  private long number(Column column, int index) {
    long number =
        column instanceof DoubleColumn doubles
            ? DoubleMath.toSortable(doubles.values()[index])
            : ((LongColumn) column).values()[index];
    return limit.isUpper() ? ~number : number;
  }
}
