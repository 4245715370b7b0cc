package io.millrace.operators.filter;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.operators.order.KeyOrder;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds a row that is replaced until the next one comes, which replaces it: in the same batch or in
 * the next of the turn, so that there is nothing of it in a snapshot.
 */
final class RetractionFilterOperator implements Operator {
  private static final int LEFT_OUT = -1;
  private final RetractionFilterSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();

  /** For each column of the result the one of the input that it is, or -1. */
  private final int[] sources;

  /** The columns of the result that are computed, in order; else null. */
  private final Column[] computed;

  private final Column[] ofRow;

  /** See {@link RetractionFilterSpec#compared}. */
  private final KeyOrder @Nullable [] compared;

  private @Nullable RowPredicate predicate;
  private @Nullable RowProjector projector;
  private RowBuffer out;

  /** The row that is replaced, if it goes on. */
  private RowBuffer held;

  /** Whether the next row is the one that replaces another. */
  private boolean isPair;

  private Timeline outputTimeline;
  private int batchSize;
  private int[] selection = new int[0];

  /** Of each row of the batch, at which place it has been computed. */
  private int[] places = new int[0];

  RetractionFilterOperator(RetractionFilterSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    ProjectionSpec projection = spec.projection();
    sources = new int[spec.output().size()];
    Arrays.setAll(sources, i -> projection == null ? i : projection.sources().get(i));
    computed = new Column[(int) Arrays.stream(sources).filter(source -> source < 0).count()];
    ofRow = new Column[sources.length];
    List<Integer> columns = spec.compared();
    compared =
        columns == null
            ? null
            : columns.stream()
                .map(c -> KeyOrder.ascending(spec.output().type(c).layout(), c))
                .toArray(KeyOrder[]::new);
    for (int i = 0, next = 0; i < sources.length; i++) {
      if (sources[i] < 0) {
        computed[next] = Column.of(spec.output().type(i).layout(), 0);
        ofRow[i] = computed[next++];
      }
    }
  }

  @Override
  public void open(OperatorContext context) {
    if (spec.predicate() != null) {
      predicate = loader.load(spec.predicate(), context.evaluation());
    }
    ProjectionSpec projection = spec.projection();
    if (projection != null && projection.projector() != null) {
      projector = loader.load(projection.projector(), context.evaluation());
    }
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    held = new RowBuffer(spec.output(), 1, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    compute(batch);
    for (int row = 0; row < batch.size(); row++) {
      RowKind kind = batch.kind(row);
      boolean passes = places[row] != LEFT_OUT && !errors.contains(row);
      if (kind == RowKind.UPDATE_BEFORE) {
        begin(batch, row, passes);
      } else if (isPair) {
        replace(batch, row, passes, output);
      } else if (passes) {
        write(batch, row, kind, output);
      }
      if (kind.isRetraction()) {
        // What is taken back has failed when it was sent.
        errors.remove(row);
      }
    }
    flush(batch.lateness(), output);
    errors.giveTo(output, batch);
  }

  /** Finds the rows that go on, and computes their columns. */
  private void compute(Batch batch) {
    int count = batch.size();
    if (places.length < count) {
      places = new int[count];
      selection = new int[count];
    }
    RowPredicate condition = predicate;
    if (condition == null) {
      Arrays.setAll(places, row -> row);
    } else {
      Arrays.fill(places, 0, count, LEFT_OUT);
      count = condition.select(batch, selection, errors);
      for (int i = 0; i < count; i++) {
        places[selection[i]] = i;
      }
    }
    RowProjector computing = projector;
    if (computing != null) {
      for (Column column : computed) {
        column.clearNulls();
        column.ensureCapacity(count);
      }
      computing.project(batch, condition == null ? null : selection, count, computed, errors);
    }
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] >= 0) {
        ofRow[i] = batch.column(sources[i]);
      }
    }
  }

  private void begin(Batch batch, int row, boolean passes) {
    isPair = true;
    if (passes) {
      append(batch, row, RowKind.UPDATE_BEFORE, held);
    }
  }

  private void replace(Batch batch, int row, boolean passes, Output output) {
    boolean passedBefore = !held.isEmpty();
    if (passedBefore && passes && isEqualToHeld(row)) {
      held.clear();
      isPair = false;
      return;
    }
    if (passedBefore) {
      writeHeld(batch, passes ? RowKind.UPDATE_BEFORE : RowKind.DELETE, output);
    }
    if (passes) {
      write(batch, row, passedBefore ? RowKind.UPDATE_AFTER : RowKind.INSERT, output);
    }
    held.clear();
    isPair = false;
  }

  /** Whether a row must differ from what it replaces, and does not. */
  private boolean isEqualToHeld(int row) {
    KeyOrder[] columns = compared;
    if (columns == null) {
      return false;
    }
    for (KeyOrder one : columns) {
      int column = one.column();
      int place = sources[column] < 0 ? places[row] : row;
      if (one.compare(ofRow[column], place, held.column(column), 0) != 0) {
        return false;
      }
    }
    return true;
  }

  private void writeHeld(Batch batch, RowKind kind, Output output) {
    Batch before = held.batch(batch.timeline(), batch.lateness());
    int to = out.appendFor(before, 0, before.rowtimes()[0], kind);
    for (int i = 0; i < sources.length; i++) {
      out.column(i).copy(before.column(i), 0, to);
    }
    if (kind == RowKind.DELETE) {
      showKind(to, kind);
    }
    flushFull(batch, output);
  }

  private void write(Batch batch, int row, RowKind kind, Output output) {
    int to = append(batch, row, kind, out);
    if (kind != batch.kind(row)) {
      showKind(to, kind);
    }
    flushFull(batch, output);
  }

  /** Copies what a row has become. */
  private int append(Batch batch, int row, RowKind kind, RowBuffer into) {
    int to = into.appendFor(batch, row, batch.rowtimes()[row], kind);
    for (int i = 0; i < sources.length; i++) {
      into.column(i).copy(ofRow[i], sources[i] < 0 ? places[row] : row, to);
    }
    return to;
  }

  private void showKind(int row, RowKind kind) {
    for (int column : spec.kindColumns()) {
      out.column(column).set(row, kind.symbol());
    }
  }

  private void flushFull(Batch batch, Output output) {
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
