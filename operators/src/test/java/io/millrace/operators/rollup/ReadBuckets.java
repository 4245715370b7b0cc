package io.millrace.operators.rollup;

import io.millrace.operators.functions.CalendarUnit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;

/** A rollup that sends all that it holds whenever time goes on without rows. */
final class ReadBuckets implements Operator {
  private final RollupOperator rollup;
  private final List<CalendarUnit> units;
  private final RollupSpec spec;
  private RowBuffer out;
  private Timeline timeline;

  ReadBuckets(RollupSpec spec, RollupOperator rollup) {
    this.spec = spec;
    this.rollup = rollup;
    this.units = spec.granularities().stream().map(RollupGranularity::unit).toList();
  }

  @Override
  public void open(OperatorContext context) {
    rollup.open(context);
    timeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), 1_024, timeline);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    rollup.process(input, batch, output);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline time, Output output) {
    boolean isDueAgain = rollup.onTime(domain, time, output);
    if (domain == TimeDomain.EVENT && time.length() == 0) {
      for (CalendarUnit unit : units) {
        rollup.read(unit, Long.MIN_VALUE, Long.MAX_VALUE, this::copy);
      }
      if (!out.isEmpty()) {
        output.emit(out.batch(timeline, timeline));
        out.clear();
      }
    }
    return isDueAgain;
  }

  private void copy(RowBuffer rows) {
    for (int row = 0; row < rows.size(); row++) {
      int to = out.append(rows.rowtimes()[row], Timeline.ofAdvance(0));
      for (int i = 0; i < rows.columns().length; i++) {
        out.column(i).copy(rows.column(i), row, to);
      }
    }
  }
}
