package io.millrace.operators.filter;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * Passes all rows on, those outside the filter as deletions. Whether a deletion concerns a row that
 * is there, the table or the {@link io.millrace.operators.table.ChangesSpec} behind it knows.
 */
final class ChangelogFilterOperator implements Operator {
  private final ChangelogFilterSpec spec;
  private final KernelLoader loader;
  private final RowErrors errors = new RowErrors();
  private RowPredicate predicate;
  private Batch result;
  private int[] selection = new int[0];
  private byte[] kinds = new byte[0];

  ChangelogFilterOperator(ChangelogFilterSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
  }

  @Override
  public void open(OperatorContext context) {
    predicate = loader.load(spec.predicate(), context.evaluation());
    result = new Batch(spec.output(), new Column[spec.output().size()], context.outputTimeline());
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (selection.length < count) {
      selection = new int[count];
      kinds = new byte[count];
    }
    int selected = predicate.select(batch, selection, errors);
    Arrays.fill(kinds, 0, count, RowKind.DELETE.code());
    for (int i = 0; i < selected; i++) {
      kinds[selection[i]] = batch.kind(selection[i]).code();
    }
    for (int i = 0; i < spec.output().size(); i++) {
      result.columns()[i] = batch.column(i);
    }
    result.rowsOf(batch).kinds(kinds);
    for (int row = 0; row < count && !errors.isEmpty(); row++) {
      if (batch.kind(row) == RowKind.DELETE) {
        errors.remove(row);
      }
    }
    errors.giveTo(output, batch);
    output.emit(result);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
