package io.millrace.operators.rollup;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.functions.CalendarUnit;
import io.millrace.operators.kernel.CheckingKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Aggregates in buckets of several granularities. A row goes into its bucket of each granularity
 * that still keeps it, or, if one of them refuses it, into none; a row that no granularity keeps is
 * late. Rows are taken in runs that lie in the same buckets. Also answers questions, between two
 * turns.
 */
public final class RollupOperator implements Operator {
  private final RollupSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private final List<RollupLevel> levels = new ArrayList<>();

  /** Those of the levels that keep the buckets of the rows of a run. */
  private final List<RollupLevel> keeping = new ArrayList<>();

  private GroupColumns columns;
  private RowBuffer out;
  private int batchSize;

  RollupOperator(RollupSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.TIME);
    for (RollupGranularity granularity : spec.granularities()) {
      CheckingKernel kernel =
          (CheckingKernel) loader.load(spec.program().kernel(), context.evaluation());
      levels.add(new RollupLevel(spec, granularity, columns, kernel, context.state()));
    }
    batchSize = context.batchSize();
    out = new RowBuffer(spec.output(), batchSize, context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    columns.of(batch);
    for (int row = 0; row < batch.size(); ) {
      int behind = runEnd(batch, row);
      if (keeping.isEmpty()) {
        for (int late = row; late < behind; late++) {
          output.late(batch, late);
        }
      } else {
        add(batch, row, behind);
        errors.giveTo(output, batch);
      }
      row = behind;
    }
  }

  /**
   * Behind the rows from {@code from} on that are in the same buckets, while those that were kept
   * at the first of them still are.
   */
  private int runEnd(Batch batch, int from) {
    long[] rowtimes = batch.rowtimes();
    long watermark = batch.seen(from);
    long start = Long.MIN_VALUE;
    long end = Long.MAX_VALUE;
    long deadline = Long.MAX_VALUE;
    keeping.clear();
    for (RollupLevel level : levels) {
      CalendarBuckets.Bucket bucket = level.seek(rowtimes[from]);
      start = Math.max(start, bucket.start());
      end = Math.min(end, bucket.end());
      if (level.keeps(watermark)) {
        keeping.add(level);
        deadline = Math.min(deadline, level.deadline());
      }
    }
    boolean mayClose = deadline <= batch.lateness().last();
    int row = from + 1;
    while (row < batch.size()
        && rowtimes[row] >= start
        && rowtimes[row] < end
        && !(mayClose && batch.seen(row) >= deadline)) {
      row++;
    }
    return row;
  }

  private void add(Batch batch, int from, int to) {
    for (RollupLevel level : keeping) {
      level.resolve(from, to);
    }
    if (!levels.get(0).refusesRows()) {
      for (RollupLevel level : keeping) {
        level.add(batch, from, to, errors);
      }
      return;
    }
    for (int row = from; row < to; row++) {
      if (isAccepted(row)) {
        for (RollupLevel level : keeping) {
          level.add(batch, row, row + 1, errors);
        }
      }
    }
    if (!errors.isEmpty()) {
      keeping.forEach(level -> level.removeGroupsWithoutRows(errors));
    }
  }

  private boolean isAccepted(int row) {
    for (RollupLevel level : keeping) {
      if (!level.accepts(row, errors)) {
        return false;
      }
    }
    return true;
  }

  /** The end of the input is no time at which anything is old: what is there then stays. */
  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT && timeline.last() < Timeline.END) {
      for (RollupLevel level : levels) {
        level.forget(timeline.last());
      }
    }
    return false;
  }

  /**
   * Reads the groups of buckets: earlier buckets first, the groups of a bucket in the order of
   * their first events. Between two turns only.
   *
   * @param unit one of the granularities
   * @param from the buckets that begin in {@code [from, to)}
   * @param rows is given them in parts, which are valid until it returns
   */
  public void read(CalendarUnit unit, long from, long to, Consumer<RowBuffer> rows) {
    RollupLevel asked =
        levels.stream()
            .filter(level -> level.unit() == unit)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no buckets of a " + unit));
    out.clear(); // who read before may have failed half way
    asked.read(from, to, new Part(rows));
  }

  /** Rows on their way to who reads them. */
  final class Part {
    private final Consumer<RowBuffer> rows;

    private Part(Consumer<RowBuffer> rows) {
      this.rows = rows;
    }

    /** The buffer, which has room for at least one row. */
    RowBuffer withRoom() {
      if (out.size() == batchSize) {
        flush();
      }
      return out;
    }

    int room() {
      return batchSize - out.size();
    }

    void flush() {
      if (!out.isEmpty()) {
        rows.accept(out);
        out.clear();
      }
    }
  }
}
