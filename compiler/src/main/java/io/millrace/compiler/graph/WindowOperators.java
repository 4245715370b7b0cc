package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.EmissionInterval;
import io.millrace.language.plan.ExpressionWindow;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.Revisions;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.SortedWindow;
import io.millrace.language.plan.WindowSpec;
import io.millrace.language.plan.WindowVisitor;
import io.millrace.operators.aggregate.GroupAggregateSpec;
import io.millrace.operators.aggregate.GroupSnapshotSpec;
import io.millrace.operators.functions.CalendarUnit;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.Updates;
import io.millrace.operators.rollup.RollupGranularity;
import io.millrace.operators.rollup.RollupSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.window.ClosingWindows;
import io.millrace.operators.window.ContentsSpec;
import io.millrace.operators.window.CronWindows;
import io.millrace.operators.window.ExpressionWindowSpec;
import io.millrace.operators.window.LengthBatchSpec;
import io.millrace.operators.window.LengthWindowSpec;
import io.millrace.operators.window.PaneWindowSpec;
import io.millrace.operators.window.PaneWindows;
import io.millrace.operators.window.RetractionsSpec;
import io.millrace.operators.window.RevisedSessionSpec;
import io.millrace.operators.window.RevisedWindowSpec;
import io.millrace.operators.window.RevisionSpec;
import io.millrace.operators.window.SessionWindowSpec;
import io.millrace.operators.window.SlidingEmission;
import io.millrace.operators.window.SnapshotSpec;
import io.millrace.operators.window.SortedWindowSpec;
import io.millrace.operators.window.TimeLengthWindowSpec;
import io.millrace.operators.window.TimeWindowSpec;
import io.millrace.operators.window.UniqueWindowSpec;
import io.millrace.operators.window.WindowAggregateSpec;
import io.millrace.operators.window.WindowAssigner;
import io.millrace.operators.window.WindowGrid;
import io.millrace.operators.window.WindowGroups;
import io.millrace.spi.types.Schema;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chooses the operator of a window, and what its aggregates must be able to do. */
final class WindowOperators implements WindowVisitor<OperatorSpec> {
  private final KernelCompiler kernels;
  private final AggregateNode node;
  private final Columns columns;
  private final List<AggregateCall> calls;
  private final long lifetimeMillis;
  private final SortLimit sortLimit;

  /** When a sliding window is sent, if not at each arrival. */
  private @Nullable SnapshotSpec snapshots;

  /** Which columns of the projected input are what. */
  record Columns(
      Schema schema,
      List<Integer> partition,
      List<Integer> keys,
      List<Integer> arguments,
      List<Integer> carried,
      List<Integer> ofWindow) {}

  /**
   * @param lifetimeMillis how long a group without a window stays that nothing touches; 0 for ever
   * @param sortLimit how many rows wait at most where it matters in which order they are taken
   */
  WindowOperators(
      KernelCompiler kernels,
      AggregateNode node,
      Columns columns,
      List<AggregateCall> calls,
      long lifetimeMillis,
      SortLimit sortLimit) {
    this.lifetimeMillis = lifetimeMillis;
    this.sortLimit = sortLimit;
    this.kernels = kernels;
    this.node = node;
    this.columns = columns;
    this.calls = calls;
  }

  private AggregateProgram program(Updates updates) {
    return kernels.aggregates(calls, updates);
  }

  @Override
  public OperatorSpec visitUnbounded(WindowSpec.Unbounded window) {
    if (node.isOfTable()) {
      return contents(node.emission() == Emission.FINAL, null);
    }
    if (node.isOfRetractions()) {
      return new RetractionsSpec(groups(Updates.RETRACT_ANY));
    }
    boolean atEnd = node.emission() == Emission.FINAL || node.emission() == Emission.ANSWER;
    return new GroupAggregateSpec(
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(Updates.ADD),
        node.schema(),
        atEnd,
        atEnd ? 0 : lifetimeMillis);
  }

  @Override
  public OperatorSpec visitSnapshots(WindowSpec.Snapshots window) {
    SnapshotSpec every = looks(window.every(), lifetimeMillis, -1);
    if (node.isOfTable()) {
      return contents(false, every);
    }
    return new GroupSnapshotSpec(
        every.everyMillis(),
        every.everyRows(),
        columns.schema(),
        columns.partition(),
        columns.keys(),
        columns.arguments(),
        program(Updates.ADD),
        node.schema(),
        lifetimeMillis,
        every.set());
  }

  /** LENGTH counts for ever, sorted or not: each of its rows stays until others come. */
  @Override
  public OperatorSpec visitSlidingSnapshots(SlidingSnapshots window) {
    long countedMillis = window.of() instanceof WindowSpec.Length ? 0 : lifetimeMillis;
    int wanted = window.countsWanted() ? columns.keys().get(columns.keys().size() - 1) : -1;
    snapshots = looks(window.every(), countedMillis, wanted);
    return window.of().accept(this);
  }

  /**
   * How often all groups are sent.
   *
   * @param wanted see {@link SnapshotSpec}
   */
  private SnapshotSpec looks(EmissionInterval every, long countedMillis, int wanted) {
    return every instanceof EmissionInterval.Time time
        ? new SnapshotSpec(time.millis(), 0, 0)
        : new SnapshotSpec(
            0, ((EmissionInterval.Rows) every).count(), countedMillis, wanted, set());
  }

  /** The column that says for which set of keys a row comes; -1 if there is one set. */
  private int set() {
    int key = node.setKey();
    return key < 0 ? -1 : columns.partition().get(key);
  }

  /** Of what a table holds. */
  private OperatorSpec contents(boolean atEnd, @Nullable SnapshotSpec every) {
    return new ContentsSpec(columns.ofWindow(), groups(Updates.RETRACT_ANY), atEnd, every);
  }

  @Override
  public OperatorSpec visitTumbling(WindowSpec.Tumbling window) {
    return closing(
        new WindowAssigner(window.sizeMillis(), window.offsetMillis()), null, window.graceMillis());
  }

  @Override
  public OperatorSpec visitTimeBatch(WindowSpec.TimeBatch window) {
    return closing(
        new WindowAssigner(window.sizeMillis(), window.offsetMillis().orElse(0)),
        window.offsetMillis().isPresent() ? null : columns.partition(),
        0);
  }

  @Override
  public OperatorSpec visitCron(WindowSpec.Cron window) {
    return closing(new CronWindows(window.schedule()), null, 0);
  }

  /** Only what holds rows has it. */
  @Override
  public OperatorSpec visitRetained(RetainedWindow window) {
    return window.of().accept(this);
  }

  @Override
  public OperatorSpec visitRollup(RollupWindow window) {
    List<RollupGranularity> granularities = new ArrayList<>();
    window
        .granularities()
        .forEach(
            kept ->
                granularities.add(
                    new RollupGranularity(
                        CalendarUnit.valueOf(kept.unit().name()), kept.retentionMillis())));
    ZoneId zone = window.zone();
    return new RollupSpec(
        granularities,
        zone == null ? ZoneOffset.UTC : zone,
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(Updates.ADD_TO_SEVERAL),
        node.schema());
  }

  @Override
  public OperatorSpec visitExpression(ExpressionWindow window) {
    List<Integer> read = new ArrayList<>();
    List<AggregateCall> aggregates = new ArrayList<>();
    for (AggregateCall call : window.aggregates()) {
      aggregates.add(
          call.mapped(
              expression -> {
                int column = columns.ofWindow().get(read.size());
                String name = columns.schema().name(column);
                read.add(column);
                return new ColumnReference(read.size() - 1, expression.type(), name);
              }));
    }
    return new ExpressionWindowSpec(
        read,
        kernels.aggregates(aggregates, Updates.RETRACT),
        kernels.predicate(window.condition()),
        ExpressionPrinter.print(window.condition()),
        groups(Updates.RETRACT));
  }

  private OperatorSpec closing(
      WindowGrid grid, @Nullable List<Integer> partition, long graceMillis) {
    return new WindowAggregateSpec(
        grid,
        partition,
        graceMillis,
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(Updates.ADD),
        node.schema());
  }

  @Override
  public OperatorSpec visitLengthBatch(WindowSpec.LengthBatch window) {
    return new LengthBatchSpec(
        window.rows(),
        columns.schema(),
        columns.partition(),
        columns.keys(),
        columns.arguments(),
        program(Updates.ADD),
        node.schema(),
        BatchEmissions.of(node.emission(), window.numbersRows()),
        set(),
        window.element() == null ? -1 : columns.ofWindow().get(0));
  }

  @Override
  public OperatorSpec visitHopping(WindowSpec.Hopping window) {
    return panes(hopping(window), window.graceMillis(), null);
  }

  private static PaneWindows hopping(WindowSpec.Hopping window) {
    return new PaneWindows.Hopping(
        window.sizeMillis(), window.slideMillis(), window.offsetMillis());
  }

  @Override
  public OperatorSpec visitCumulate(WindowSpec.Cumulate window) {
    return panes(cumulating(window), window.graceMillis(), null);
  }

  private static PaneWindows cumulating(WindowSpec.Cumulate window) {
    return new PaneWindows.Cumulating(
        window.stepMillis(), window.maxMillis(), window.offsetMillis());
  }

  /** A tick counts rows of its own time: the window at {@code t} ends before {@code t + 1}. */
  @Override
  public OperatorSpec visitTimeSlide(WindowSpec.TimeSlide window) {
    long offset = Math.floorMod(1 - window.sizeMillis(), window.slideMillis());
    return panes(
        new PaneWindows.Hopping(window.sizeMillis(), window.slideMillis(), offset),
        0,
        new PaneWindowSpec.Ticks(columns.partition(), columns.carried()));
  }

  private OperatorSpec panes(
      PaneWindows windows, long graceMillis, PaneWindowSpec.@Nullable Ticks ticks) {
    return new PaneWindowSpec(
        windows,
        graceMillis,
        ticks,
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(Updates.PARTIAL),
        node.schema());
  }

  /** What refuses a row, and what does not, refuses it here, too. */
  @Override
  public OperatorSpec visitRevised(WindowSpec.Revised window) {
    WindowSpec.Closing closing = window.of();
    RevisionSpec revisions = revisions(window.revisions());
    if (closing instanceof WindowSpec.Session session) {
      return new RevisedSessionSpec(session(session), revisions);
    }
    if (closing instanceof WindowSpec.Hopping hopping) {
      return revised(hopping(hopping), closing, Updates.PARTIAL, revisions);
    }
    if (closing instanceof WindowSpec.Cumulate cumulate) {
      return revised(cumulating(cumulate), closing, Updates.PARTIAL, revisions);
    }
    if (closing instanceof WindowSpec.Tumbling tumbling) {
      PaneWindows windows = tumbling(tumbling.sizeMillis(), tumbling.offsetMillis());
      return revised(windows, closing, Updates.ADD, revisions);
    }
    if (closing instanceof WindowSpec.TimeBatch batch) {
      long size = batch.sizeMillis();
      return batch.offsetMillis().isPresent()
          ? revised(
              tumbling(size, batch.offsetMillis().getAsLong()), closing, Updates.ADD, revisions)
          : successive(new WindowAssigner(size, 0), columns.partition(), revisions);
    }
    if (closing instanceof WindowSpec.Cron cron) {
      return successive(new CronWindows(cron.schedule()), null, revisions);
    }
    throw new IllegalArgumentException("no revisions of " + closing);
  }

  private static PaneWindows tumbling(long sizeMillis, long offsetMillis) {
    return new PaneWindows.Hopping(sizeMillis, sizeMillis, offsetMillis);
  }

  private RevisionSpec revisions(Revisions plan) {
    return new RevisionSpec(
        switch (plan.results()) {
          case FINAL -> RevisionSpec.Results.FINAL;
          case ON_CLOSE -> RevisionSpec.Results.ON_CLOSE;
          case CHANGES -> RevisionSpec.Results.CHANGES;
        },
        plan.earlyMillis(),
        plan.withRetractions(),
        node.isChangelog(),
        columns.carried(),
        sortLimit);
  }

  private OperatorSpec revised(
      PaneWindows windows, WindowSpec.Closing closing, Updates updates, RevisionSpec revisions) {
    return revised(new ClosingWindows.OfPanes(windows), closing.graceMillis(), updates, revisions);
  }

  private OperatorSpec successive(
      WindowGrid grid, @Nullable List<Integer> partition, RevisionSpec revisions) {
    return revised(new ClosingWindows.Successive(grid, partition), 0, Updates.ADD, revisions);
  }

  private OperatorSpec revised(
      ClosingWindows windows, long graceMillis, Updates updates, RevisionSpec revisions) {
    return new RevisedWindowSpec(
        windows,
        revisions,
        graceMillis,
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(updates),
        node.schema());
  }

  @Override
  public OperatorSpec visitSession(WindowSpec.Session window) {
    return session(window);
  }

  private SessionWindowSpec session(WindowSpec.Session window) {
    return new SessionWindowSpec(
        window.gapMillis(),
        window.graceMillis(),
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        program(Updates.MERGE),
        node.schema(),
        sortLimit);
  }

  @Override
  public OperatorSpec visitTime(WindowSpec.Time window) {
    if (snapshots != null) {
      return new TimeLengthWindowSpec(
          window.sizeMillis(), TimeLengthWindowSpec.ALL, groups(Updates.RETRACT_ANY));
    }
    return new TimeWindowSpec(
        window.sizeMillis(),
        SlidingEmissions.of(node.emission()),
        columns.schema(),
        columns.keys(),
        columns.arguments(),
        columns.carried(),
        program(Updates.RETRACT_BY_TIME),
        node.schema());
  }

  @Override
  public OperatorSpec visitLength(WindowSpec.Length window) {
    return new LengthWindowSpec(window.rows(), 0, groups(Updates.RETRACT));
  }

  @Override
  public OperatorSpec visitLengthSlide(WindowSpec.LengthSlide window) {
    return new LengthWindowSpec(window.rows(), window.slide(), groups(Updates.RETRACT));
  }

  @Override
  public OperatorSpec visitUnique(WindowSpec.Unique window) {
    return new UniqueWindowSpec(
        columns.ofWindow(),
        window.isFirst(),
        groups(window.isFirst() ? Updates.ADD : Updates.RETRACT_ANY));
  }

  @Override
  public OperatorSpec visitTimeLength(WindowSpec.TimeLength window) {
    return new TimeLengthWindowSpec(
        window.sizeMillis(), window.rows(), groups(Updates.RETRACT_ANY));
  }

  @Override
  public OperatorSpec visitSorted(SortedWindow window) {
    return new SortedWindowSpec(
        window.rows(), columns.ofWindow(), window.descending(), groups(Updates.RETRACT_ANY));
  }

  private WindowGroups groups(Updates updates) {
    return new WindowGroups(
        columns.schema(),
        columns.partition(),
        columns.keys(),
        columns.arguments(),
        columns.carried(),
        program(updates),
        node.schema(),
        snapshots == null && !node.window().coversAll() && node.emission() != Emission.LOOKS
            ? SlidingEmissions.of(node.emission())
            : SlidingEmission.ARRIVAL,
        snapshots);
  }
}
