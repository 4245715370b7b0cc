package io.millrace.operators.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.functions.CalendarUnit;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.List;

/**
 * A rollup that sends all that it holds whenever time goes on without rows, perhaps after it has
 * been asked by someone who fails.
 */
final class ReadBuckets implements Operator {
  private final RollupOperator rollup;
  private final List<CalendarUnit> units;
  private final RollupSpec spec;
  private final boolean failsFirst;
  private RowBuffer out;
  private Timeline timeline;

  ReadBuckets(RollupSpec spec, RollupOperator rollup, boolean failsFirst) {
    this.spec = spec;
    this.failsFirst = failsFirst;
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
        if (failsFirst) {
          failToRead(unit);
        }
        rollup.read(unit, Long.MIN_VALUE, Long.MAX_VALUE, this::copy);
      }
      if (!out.isEmpty()) {
        output.emit(out.batch(timeline, timeline));
        out.clear();
      }
    }
    return isDueAgain;
  }

  private void failToRead(CalendarUnit unit) {
    IllegalStateException failure = new IllegalStateException("does not take it");
    try {
      rollup.read(
          unit,
          Long.MIN_VALUE,
          Long.MAX_VALUE,
          rows -> {
            throw failure;
          });
    } catch (IllegalStateException thrown) {
      assertThat(thrown).isSameAs(failure);
    }
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
