package io.millrace.language.analysis;

import io.millrace.language.plan.ExpressionWindow;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.SortedWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.language.plan.WindowVisitor;

/** What a window asks of its aggregates beside taking rows. */
enum AggregateDemand {
  NOTHING,
  /** Rows are taken back. */
  RETRACT,
  /** Results are put together of parts. */
  MERGE;

  private static final WindowVisitor<AggregateDemand> BY_WINDOW = new ByWindow();

  static AggregateDemand of(WindowSpec window) {
    return window.accept(BY_WINDOW);
  }

  private static final class ByWindow implements WindowVisitor<AggregateDemand> {
    @Override
    public AggregateDemand visitUnbounded(WindowSpec.Unbounded window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitSnapshots(WindowSpec.Snapshots window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitSlidingSnapshots(SlidingSnapshots window) {
      return window.of().accept(this);
    }

    @Override
    public AggregateDemand visitTumbling(WindowSpec.Tumbling window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitHopping(WindowSpec.Hopping window) {
      return MERGE;
    }

    @Override
    public AggregateDemand visitCumulate(WindowSpec.Cumulate window) {
      return MERGE;
    }

    @Override
    public AggregateDemand visitSession(WindowSpec.Session window) {
      return MERGE;
    }

    @Override
    public AggregateDemand visitTimeBatch(WindowSpec.TimeBatch window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitRollup(RollupWindow window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitCron(WindowSpec.Cron window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitExpression(ExpressionWindow window) {
      return RETRACT;
    }

    @Override
    public AggregateDemand visitRevised(WindowSpec.Revised window) {
      return window.of().accept(this);
    }

    @Override
    public AggregateDemand visitRetained(RetainedWindow window) {
      return window.of().accept(this);
    }

    @Override
    public AggregateDemand visitLengthBatch(WindowSpec.LengthBatch window) {
      return NOTHING;
    }

    @Override
    public AggregateDemand visitTime(WindowSpec.Time window) {
      return RETRACT;
    }

    @Override
    public AggregateDemand visitTimeSlide(WindowSpec.TimeSlide window) {
      return MERGE;
    }

    @Override
    public AggregateDemand visitLength(WindowSpec.Length window) {
      return RETRACT;
    }

    @Override
    public AggregateDemand visitLengthSlide(WindowSpec.LengthSlide window) {
      return RETRACT;
    }

    @Override
    public AggregateDemand visitUnique(WindowSpec.Unique window) {
      return window.isFirst() ? NOTHING : RETRACT;
    }

    @Override
    public AggregateDemand visitTimeLength(WindowSpec.TimeLength window) {
      return RETRACT;
    }

    @Override
    public AggregateDemand visitSorted(SortedWindow window) {
      return RETRACT;
    }
  }
}
