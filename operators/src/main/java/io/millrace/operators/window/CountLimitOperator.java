package io.millrace.operators.window;

import io.millrace.operators.filter.Projection;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/**
 * Counts the rows of each group up to so many, then begins anew. State: the groups that have begun,
 * with their counts.
 */
final class CountLimitOperator implements Operator {
  private final CountLimitSpec spec;
  private final RowErrors none = new RowErrors();
  private final Column[] keys;
  private RowCounts counts;
  private Projection projection;
  private int[] selection = new int[0];

  CountLimitOperator(CountLimitSpec spec) {
    this.spec = spec;
    keys = new Column[spec.keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    counts =
        new RowCounts(
            "groups", spec.output(), spec.keys(), spec.every(), spec.ttlMillis(), context);
    projection = Projection.ofAll(spec.output(), context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (selection.length < batch.size()) {
      selection = new int[batch.size()];
    }
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.column(spec.keys().get(k));
    }
    int selected = 0;
    for (int row = 0; row < batch.size(); row++) {
      counts.expireBefore(batch, row);
      if (counts.count(keys, batch, row) == spec.passed()) {
        selection[selected++] = row;
      }
    }
    if (selected > 0) {
      output.emit(projection.project(batch, selection, selected, none));
    }
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      counts.expireAll(timeline);
    }
    return false;
  }
}
