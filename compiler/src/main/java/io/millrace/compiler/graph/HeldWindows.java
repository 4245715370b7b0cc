package io.millrace.compiler.graph;

import io.millrace.language.plan.ExpressionWindow;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.SortedWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.language.plan.WindowVisitor;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.window.CronWindows;
import io.millrace.operators.window.HeldRowsSpec;
import io.millrace.operators.window.HeldUntil;
import io.millrace.operators.window.WindowAssigner;
import io.millrace.operators.window.WindowContentsSpec;
import io.millrace.operators.window.WindowGrid;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Chooses what holds the rows of a window for queries: a log of them where they leave by their
 * times or in the order in which they came, else the operator of the window itself. And what sends
 * them to a join as they enter and leave, by the same rules.
 */
final class HeldWindows implements WindowVisitor<OperatorSpec> {
  private final Schema schema;
  private final WindowOperators others;

  /**
   * @param schema the columns of the rows
   */
  HeldWindows(Schema schema, WindowOperators others) {
    this.schema = schema;
    this.others = others;
  }

  /**
   * What sends the rows of a window that are its own as they enter and leave.
   *
   * @param window of rows that leave together
   * @param carried the columns of the rows in the input
   */
  OperatorSpec contents(WindowSpec window, List<Integer> carried) {
    HeldRowsSpec held = (HeldRowsSpec) window.accept(this);
    return new WindowContentsSpec(held.until(), held.description(), carried, schema);
  }

  private OperatorSpec closing(WindowGrid grid, long moreMillis, boolean fromFirst, String text) {
    return new HeldRowsSpec(
        new HeldUntil.Deadline(grid, moreMillis, moreMillis, fromFirst, false), text, schema);
  }

  private OperatorSpec sliding(long sizeMillis) {
    WindowGrid moments = new WindowAssigner(1, 0);
    return new HeldRowsSpec(
        new HeldUntil.Deadline(moments, sizeMillis - 1, sizeMillis - 1, false, true),
        "TimeWindow " + sizeMillis + " ms",
        schema);
  }

  private OperatorSpec last(long rows) {
    return new HeldRowsSpec(new HeldUntil.Full(rows, false), "LengthWindow " + rows, schema);
  }

  private static IllegalArgumentException noName(WindowSpec window) {
    return new IllegalArgumentException("no named window: " + window);
  }

  @Override
  public OperatorSpec visitUnbounded(WindowSpec.Unbounded window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitSnapshots(WindowSpec.Snapshots window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitSlidingSnapshots(SlidingSnapshots window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitRevised(WindowSpec.Revised window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitRollup(RollupWindow window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitSession(WindowSpec.Session window) {
    throw noName(window);
  }

  @Override
  public OperatorSpec visitTumbling(WindowSpec.Tumbling window) {
    WindowGrid grid = new WindowAssigner(window.sizeMillis(), window.offsetMillis());
    return closing(grid, window.graceMillis(), false, grid.describe());
  }

  /** The last window of a row begins at the slide that it is in. */
  @Override
  public OperatorSpec visitHopping(WindowSpec.Hopping window) {
    long size = window.sizeMillis();
    long slide = window.slideMillis();
    return closing(
        new WindowAssigner(slide, window.offsetMillis()),
        size - slide + window.graceMillis(),
        false,
        "HoppingWindow " + size + " ms every " + slide + " ms");
  }

  @Override
  public OperatorSpec visitCumulate(WindowSpec.Cumulate window) {
    long max = window.maxMillis();
    return closing(
        new WindowAssigner(max, window.offsetMillis()),
        window.graceMillis(),
        false,
        "CumulatingWindow " + window.stepMillis() + " ms up to " + max + " ms");
  }

  @Override
  public OperatorSpec visitTimeBatch(WindowSpec.TimeBatch window) {
    boolean fromFirst = window.offsetMillis().isEmpty();
    WindowGrid grid = new WindowAssigner(window.sizeMillis(), window.offsetMillis().orElse(0));
    return closing(grid, 0, fromFirst, "TimeBatch " + window.sizeMillis() + " ms");
  }

  @Override
  public OperatorSpec visitCron(WindowSpec.Cron window) {
    WindowGrid grid = new CronWindows(window.schedule());
    return closing(grid, 0, false, grid.describe());
  }

  @Override
  public OperatorSpec visitRetained(RetainedWindow window) {
    HeldRowsSpec held = (HeldRowsSpec) window.of().accept(this);
    HeldUntil.Deadline until = (HeldUntil.Deadline) held.until();
    long toEnd = until.moreMillis() - window.graceMillis();
    return new HeldRowsSpec(
        new HeldUntil.Deadline(
            until.grid(),
            until.moreMillis(),
            toEnd + window.retentionMillis(),
            until.fromFirst(),
            until.byRows()),
        held.description() + ", kept " + window.retentionMillis() + " ms",
        schema);
  }

  @Override
  public OperatorSpec visitLengthBatch(WindowSpec.LengthBatch window) {
    return new HeldRowsSpec(
        new HeldUntil.Full(window.rows(), true), "LengthBatch " + window.rows(), schema);
  }

  @Override
  public OperatorSpec visitTime(WindowSpec.Time window) {
    return sliding(window.sizeMillis());
  }

  @Override
  public OperatorSpec visitTimeSlide(WindowSpec.TimeSlide window) {
    return sliding(window.sizeMillis());
  }

  @Override
  public OperatorSpec visitLength(WindowSpec.Length window) {
    return last(window.rows());
  }

  @Override
  public OperatorSpec visitLengthSlide(WindowSpec.LengthSlide window) {
    return last(window.rows());
  }

  @Override
  public OperatorSpec visitUnique(WindowSpec.Unique window) {
    return window.accept(others);
  }

  @Override
  public OperatorSpec visitTimeLength(WindowSpec.TimeLength window) {
    return window.accept(others);
  }

  @Override
  public OperatorSpec visitSorted(SortedWindow window) {
    return window.accept(others);
  }

  @Override
  public OperatorSpec visitExpression(ExpressionWindow window) {
    return window.accept(others);
  }
}
