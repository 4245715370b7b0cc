package io.millrace.operators.filter;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Holds a row that is replaced until the next one comes, which replaces it: in the same batch or in
 * the next of the turn, so that there is nothing of it in a snapshot.
 */
final class RetractionFilterOperator implements Operator {
  private final RetractionFilterSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private RowPredicate predicate;
  private RowBuffer out;

  /** The row that is replaced, if it has passed. */
  private RowBuffer held;

  /** Whether the next row is the one that replaces another. */
  private boolean isPair;

  private Timeline outputTimeline;
  private int batchSize;

  RetractionFilterOperator(RetractionFilterSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    predicate = loader.load(spec.predicate(), context.evaluation());
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    held = new RowBuffer(spec.output(), 1, outputTimeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      RowKind kind = batch.kind(row);
      boolean passes = predicate.test(batch, row, errors);
      if (kind == RowKind.UPDATE_BEFORE) {
        begin(batch, row, passes);
      } else if (isPair) {
        replace(batch, row, passes, output);
      } else if (passes) {
        write(batch, row, kind, output);
      }
      if (kind == RowKind.UPDATE_BEFORE || kind == RowKind.DELETE) {
        // What is taken back has failed when it was sent.
        errors.remove(row);
      }
    }
    flush(batch.lateness(), output);
    errors.giveTo(output, batch);
  }

  private void begin(Batch batch, int row, boolean passes) {
    isPair = true;
    if (passes) {
      held.append(batch, row);
    }
  }

  private void replace(Batch batch, int row, boolean passes, Output output) {
    boolean passedBefore = !held.isEmpty();
    if (passedBefore) {
      RowKind kind = passes ? RowKind.UPDATE_BEFORE : RowKind.DELETE;
      write(held.batch(batch.timeline(), batch.lateness()), 0, kind, output);
    }
    if (passes) {
      write(batch, row, passedBefore ? RowKind.UPDATE_AFTER : RowKind.INSERT, output);
    }
    held.clear();
    isPair = false;
  }

  private void write(Batch source, int row, RowKind kind, Output output) {
    int to = out.appendFor(source, row, source.rowtimes()[row], kind);
    for (int c = 0; c < out.columns().length; c++) {
      out.column(c).copy(source.column(c), row, to);
    }
    out.column(spec.kindColumn()).set(to, kind.symbol());
    if (out.size() == batchSize) {
      flush(source.lateness(), output);
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
