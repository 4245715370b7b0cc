package io.millrace.operators.explode;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;

/**
 * Holds a row that is replaced until the next one comes, which replaces it: in the same batch or in
 * the next of the turn, so that there is nothing of it in a snapshot.
 */
final class ExplodeRetractionsOperator implements Operator {
  private final ExplodeRetractionsSpec spec;
  private Elements elements;

  /** The row that the next one replaces. */
  private RowBuffer held;

  ExplodeRetractionsOperator(ExplodeRetractionsSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    Schema input = spec.elements().input();
    int arrays = spec.elements().arrays();
    int repeated = input.size() - arrays;
    elements =
        new Elements(
            spec.output(),
            repeated,
            repeated,
            arrays,
            spec.kindColumns(),
            context.batchSize(),
            context.outputTimeline());
    held = new RowBuffer(input, 1, context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    for (int row = 0; row < batch.size(); row++) {
      RowKind kind = batch.kind(row);
      if (kind == RowKind.UPDATE_BEFORE) {
        hold(batch, row);
      } else if (held.isEmpty()) {
        send(batch, row, 0, elements.longest(batch, row), kind, output);
      } else {
        replace(batch, row, output);
      }
    }
    elements.flush(batch, output);
  }

  private void hold(Batch batch, int row) {
    int to = held.appendFor(batch, row, batch.rowtimes()[row], RowKind.UPDATE_BEFORE);
    held.lane(to, batch.lane(row));
    for (int c = 0; c < held.columns().length; c++) {
      held.column(c).copy(batch.column(c), row, to);
    }
  }

  private void replace(Batch batch, int row, Output output) {
    Batch before = held.batch(batch.timeline(), batch.lateness());
    int gone = elements.longest(before, 0);
    int there = elements.longest(batch, row);
    send(before, 0, there, gone, RowKind.DELETE, output);
    for (int element = 0; element < Math.min(gone, there); element++) {
      elements.send(before, 0, element, RowKind.UPDATE_BEFORE, output);
      elements.send(batch, row, element, RowKind.UPDATE_AFTER, output);
    }
    send(batch, row, gone, there, RowKind.INSERT, output);
    held.clear();
  }

  private void send(Batch batch, int row, int from, int to, RowKind kind, Output output) {
    for (int element = from; element < to; element++) {
      elements.send(batch, row, element, kind, output);
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
