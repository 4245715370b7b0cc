package io.millrace.engine.delivery;

import io.millrace.engine.delivery.ComingRows.Order;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.DistinctScope;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinKind;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.PlanPrinter;
import io.millrace.language.plan.PlanVisitor;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.ReplacedRowsNode;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.Revisions;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WantedGroupsNode;
import io.millrace.language.plan.WholeRowsNode;
import io.millrace.language.plan.WindowPrinter;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks in a query for what takes rows in the order of arrival: where no {@link SortNode} puts them
 * in order, nothing holds them until time has put them in order, and no window waits for its end,
 * or one does that begins with the first row.
 */
final class ArrivalSearch implements PlanVisitor<ComingRows> {
  private static final String CLOSING = "a window that closes does not depend on it";
  private final Function<StreamDeclaration, ComingRows> streams;
  private final Predicate<Set<StreamDeclaration>> arePolled;
  private final boolean joinsByTime;
  private final List<ArrivalUse> found = new ArrayList<>();

  /**
   * @param streams says how the rows of streams come
   * @param arePolled whether the rows of inputs may come in another order each time
   * @param joinsByTime whether joins WITHIN take rows in the order of their times
   */
  ArrivalSearch(
      Function<StreamDeclaration, ComingRows> streams,
      Predicate<Set<StreamDeclaration>> arePolled,
      boolean joinsByTime) {
    this.streams = streams;
    this.arePolled = arePolled;
    this.joinsByTime = joinsByTime;
  }

  ComingRows of(PlanNode node) {
    return node.accept(this);
  }

  List<ArrivalUse> found() {
    return found;
  }

  /** Notes what takes rows as they come, if they come so. */
  ComingRows note(ComingRows rows, String what, String remedy) {
    if (rows.order() != Order.FIXED && arePolled.test(rows.inputs())) {
      found.add(new ArrivalUse(what, remedy, rows.inputs()));
    }
    return rows;
  }

  /** Notes what would take rows in the order of time if they had a declared one. */
  private ComingRows noteUnsorted(ComingRows rows, String what) {
    return note(
        rows,
        what + " takes rows as they come",
        rows.order() == Order.ARRIVAL ? declaration(rows.inputs()).orElse("") : "");
  }

  private static Optional<String> declaration(Set<StreamDeclaration> inputs) {
    List<StreamDeclaration> undeclared =
        inputs.stream()
            .filter(input -> !(input.time() instanceof TimeAttribute.Watermark))
            .toList();
    if (undeclared.isEmpty()) {
      return Optional.empty();
    }
    StreamDeclaration first = undeclared.get(0);
    String column =
        first.time() instanceof TimeAttribute.Column time
            ? first.schema().name(time.column())
            : "ts";
    String names =
        undeclared.stream().map(it -> "'" + it.name() + "'").collect(Collectors.joining(", "));
    return Optional.of(
        "by their times with WATERMARK FOR "
            + column
            + " AS "
            + column
            + " - d in "
            + names
            + ", d being 0 SECONDS where rows are in order");
  }

  @Override
  public ComingRows visitScan(ScanNode node) {
    return streams.apply(node.stream());
  }

  @Override
  public ComingRows visitFilter(FilterNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitProject(ProjectNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitUnion(UnionNode node) {
    return ComingRows.merged(node.inputs().stream().map(this::of).toList());
  }

  @Override
  public ComingRows visitJoin(JoinNode node) {
    ComingRows left = of(node.left());
    ComingRows right = of(node.right());
    ComingRows both = ComingRows.merged(List.of(left, right));
    if (node.method() instanceof JoinTable) {
      return left.inputs().isEmpty() || right.inputs().isEmpty()
          ? both
          : note(both, "a row meets what the table has when it comes", "");
    }
    if (node.method() instanceof JoinWindows windows) {
      boolean areSorted =
          windows.isSorted() && left.order() == Order.FIXED && right.order() == Order.FIXED;
      return areSorted ? both.in(Order.FIXED) : noteUnsorted(both, "a join of windows");
    }
    if (joinsByTime && node.method() instanceof JoinBounds bounds && !bounds.isUnbounded()) {
      return both.in(Order.FIXED);
    }
    return node.unmatched() == JoinNode.Unmatched.WHEN_GONE || node.kind() == JoinKind.INNER
        ? both // which rows meet follows from their times
        : note(
            both,
            "rows without a match are sent when they come",
            "SET 'join.order' = 'time', or leave out EMIT CHANGES");
  }

  @Override
  public ComingRows visitExplode(ExplodeNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitDistinct(DistinctNode node) {
    ComingRows rows = of(node.input());
    return node.scope() instanceof DistinctScope.Everything
        ? note(rows, "DISTINCT sends the first of equal rows that comes", CLOSING)
        : rows;
  }

  @Override
  public ComingRows visitSort(SortNode node) {
    return of(node.input()).in(Order.FIXED);
  }

  /** Of several partitions the number that comes first depends on which gives rows first. */
  @Override
  public ComingRows visitSequence(SequenceNode node) {
    return note(of(node.input()), "ORDER BY begins with the first number that comes", "")
        .in(Order.FIXED);
  }

  @Override
  public ComingRows visitAlign(AlignNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitDelay(DelayNode node) {
    return of(node.input()).in(Order.FIXED);
  }

  @Override
  public ComingRows visitAggregate(AggregateNode node) {
    ComingRows rows = of(node.input());
    WindowSpec window =
        node.window() instanceof RetainedWindow retained ? retained.of() : node.window();
    if (window instanceof WindowSpec.TimeBatch batch && batch.offsetMillis().isEmpty()) {
      rows = noteBegin(rows, batch);
    }
    if (waitsForEnd(window, node.emission())) {
      return rows.in(Order.FIXED);
    }
    if (window instanceof WindowSpec.Closing) {
      return rows; // which go on as they enter
    }
    if (window instanceof WindowSpec.Revised) {
      return note(rows, "EMIT CHANGES sends with each row that comes", "leave it out");
    }
    boolean isSnapshot = window instanceof WindowSpec.Snapshots;
    String text = (isSnapshot ? "EMIT " : "") + WindowPrinter.print(window);
    if (window.isOrdered()) {
      return noteUnsorted(rows, text);
    }
    return isSnapshot
        ? note(rows, text + " counts rows as they come", "EMIT EVERY a time does not")
        : note(rows, "aggregates without a window send with each row that comes", CLOSING);
  }

  /** Which row is the first depends on which partition gives rows first. */
  private ComingRows noteBegin(ComingRows rows, WindowSpec.TimeBatch batch) {
    WindowSpec from = new WindowSpec.TimeBatch(batch.sizeMillis(), OptionalLong.of(0));
    return note(
        rows,
        WindowPrinter.print(batch) + " is counted from the first row that comes",
        "from the epoch as " + WindowPrinter.print(from));
  }

  private static boolean waitsForEnd(WindowSpec window, Emission emission) {
    if (window instanceof WindowSpec.Revised revised) {
      return revised.revisions().results() != Revisions.Results.CHANGES;
    }
    boolean sendsRows = emission == Emission.CONTENTS || emission == Emission.RETRACTED_CONTENTS;
    return (window instanceof WindowSpec.Closing && !sendsRows)
        || (window instanceof WindowSpec.Unbounded && emission == Emission.FINAL);
  }

  @Override
  public ComingRows visitAnalytic(AnalyticNode node) {
    return noteUnsorted(of(node.input()), "OVER (ORDER BY ROWTIME)");
  }

  @Override
  public ComingRows visitPattern(PatternNode node) {
    return noteUnsorted(of(node.input()), "a pattern");
  }

  @Override
  public ComingRows visitRank(RankNode node) {
    return note(of(node.input()), "a ranking changes with each row that comes", CLOSING);
  }

  @Override
  public ComingRows visitOver(OverNode node) {
    return note(of(node.input()), "OVER changes with each row that comes", CLOSING);
  }

  @Override
  public ComingRows visitReplacedRows(ReplacedRowsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitBegunRows(BegunRowsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitEvents(EventsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitWholeRows(WholeRowsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitWantedGroups(WantedGroupsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitNewestByKey(NewestByKeyNode node) {
    return note(of(node.input()), ArrivalOrder.NEWEST, "");
  }

  @Override
  public ComingRows visitSpread(SpreadNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitOrder(OrderNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitRateLimit(RateLimitNode node) {
    ComingRows rows = of(node.input());
    if (node.waitsForTime()) {
      return rows.in(Order.FIXED);
    }
    String kind = node.kind().name().toUpperCase(Locale.ROOT);
    return note(
        rows,
        "EMIT "
            + kind
            + " EVERY "
            + PlanPrinter.interval(node.interval())
            + " takes rows as they come",
        "EMIT LAST EVERY a time does not");
  }

  @Override
  public ComingRows visitChangedRows(ChangedRowsNode node) {
    return of(node.input());
  }

  @Override
  public ComingRows visitLateInto(LateIntoNode node) {
    return of(node.input());
  }

  /** What they are late for is in another query. */
  @Override
  public ComingRows visitLateRows(LateRowsNode node) {
    return new ArrivalSearch(streams, arePolled, joinsByTime)
        .of(node.rows())
        .in(Order.ALWAYS_ARRIVAL);
  }
}
