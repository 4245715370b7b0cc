package io.millrace.operators.follow;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.OvertakenTimeline;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import org.jspecify.annotations.Nullable;

/** Passes the rows of the first input on; they are late, too, where others have gone ahead. */
final class FollowOperator implements Operator {
  private final FollowSpec spec;
  private Timeline followed;
  private Batch passed;

  /** By what the rows that came last are late: one object while that is the same. */
  private @Nullable OvertakenTimeline lateness;

  FollowOperator(FollowSpec spec) {
    this.spec = spec;
  }

  @Override
  public void open(OperatorContext context) {
    followed = context.outputTimeline();
    passed = new Batch(spec.output(), new Column[spec.output().size()], followed);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    if (input > 0) {
      return;
    }
    for (int i = 0; i < spec.output().size(); i++) {
      passed.columns()[i] = batch.column(i);
    }
    output.emit(passed.rowsOf(batch).timelines(followed, lateness(batch.lateness())));
  }

  private Timeline lateness(Timeline own) {
    OvertakenTimeline known = lateness;
    if (known == null || known.own() != own) {
      known = new OvertakenTimeline(own, followed);
      lateness = known;
    }
    return known;
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
