package io.millrace.language.plan;

/** A function over all kinds of windows. No method has a default, so that a new kind is noticed. */
public interface WindowVisitor<R> {
  R visitUnbounded(WindowSpec.Unbounded window);

  R visitSnapshots(WindowSpec.Snapshots window);

  R visitSlidingSnapshots(SlidingSnapshots window);

  R visitTumbling(WindowSpec.Tumbling window);

  R visitHopping(WindowSpec.Hopping window);

  R visitCumulate(WindowSpec.Cumulate window);

  R visitSession(WindowSpec.Session window);

  R visitTimeBatch(WindowSpec.TimeBatch window);

  R visitRollup(RollupWindow window);

  R visitCron(WindowSpec.Cron window);

  R visitExpression(ExpressionWindow window);

  R visitRevised(WindowSpec.Revised window);

  R visitRetained(RetainedWindow window);

  R visitLengthBatch(WindowSpec.LengthBatch window);

  R visitTime(WindowSpec.Time window);

  R visitTimeSlide(WindowSpec.TimeSlide window);

  R visitLength(WindowSpec.Length window);

  R visitLengthSlide(WindowSpec.LengthSlide window);

  R visitUnique(WindowSpec.Unique window);

  R visitTimeLength(WindowSpec.TimeLength window);

  R visitSorted(SortedWindow window);
}
