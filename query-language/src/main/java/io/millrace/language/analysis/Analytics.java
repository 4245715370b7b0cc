package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.Aggregate;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.Ranking;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.UserAggregate;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The analytic functions of one query, each once, by the partitions and frames that they look at.
 * Until all are known an expression refers to them by marked column numbers, far above those of
 * columns.
 */
final class Analytics {
  private static final String MISPLACED = "misplaced-over";
  private static final int FIRST_MARK = 1 << 23;
  private static final String ROWTIME = "row_time";

  private final Map<Key, ColumnReference> marks = new LinkedHashMap<>();
  private final List<Span> spans = new ArrayList<>();
  private @Nullable Span endless;

  /** A ranking, or an aggregate without a name and its frame. */
  private sealed interface Function {}

  private record Ranked(Ranking ranking) implements Function {}

  private record Framed(Frame frame, AggregateCall call) implements Function {}

  /**
   * The rows that functions of one frame see.
   *
   * @param counted what must not be NULL in rows that are counted; nothing where all are
   */
  private record Seen(Frame frame, List<RowExpression> counted) {
    static Seen by(Framed function) {
      return new Seen(
          function.frame, function.frame.countsValues() ? function.call.arguments() : List.of());
    }
  }

  /**
   * What tells functions apart.
   *
   * @param order of the rows; null if it is that of ROWTIME
   */
  private record Key(List<RowExpression> partition, @Nullable RankOrder order, Function function) {
    /** Whether a row waits for rows behind it. */
    boolean waits() {
      return function instanceof Framed framed && framed.frame.takesFollowingRows();
    }

    Key changed(UnaryOperator<RowExpression> change) {
      return new Key(
          partition.stream().map(change).toList(),
          order == null ? null : order.changed(change),
          function instanceof Framed framed
              ? new Framed(framed.frame, framed.call.mapped(change))
              : function);
    }
  }

  /** Says that a call stands somewhere, perhaps one with errors. */
  void note(Span place) {
    spans.add(place);
  }

  /** Says that a frame in the order of ROWTIME has no end. */
  void noteEndless(Span frame) {
    endless = endless == null ? frame : endless;
  }

  /** Whether calls stand anywhere, those with errors included. */
  boolean isWritten() {
    return !spans.isEmpty();
  }

  boolean isEmpty() {
    return marks.isEmpty();
  }

  /** Where the first of them stands. */
  Span span() {
    return spans.isEmpty() ? Span.NONE : spans.get(0);
  }

  /**
   * A ranking.
   *
   * @param order of the rows; null if it is that of ROWTIME
   */
  RowExpression add(List<RowExpression> partition, @Nullable RankOrder order, Ranking ranking) {
    Key key = new Key(partition, order, new Ranked(ranking));
    return mark(key, ranking.sqlName(), DataType.BIGINT);
  }

  /**
   * An aggregate of a frame.
   *
   * @param order of the rows; null if it is that of ROWTIME
   */
  RowExpression add(
      List<RowExpression> partition, @Nullable RankOrder order, Frame frame, AggregateCall call) {
    Key key = new Key(partition, order, new Framed(frame, call.named("")));
    return mark(key, call.function().sqlName(), call.type());
  }

  private RowExpression mark(Key key, String function, DataType type) {
    return marks.computeIfAbsent(
        key,
        absent ->
            new ColumnReference(
                FIRST_MARK + marks.size(), type, function + "_over_" + (marks.size() + 1)));
  }

  /**
   * The result of a query with them.
   *
   * @param late put below what sorts the rows: says where late ones go
   * @param partition by what the query is partitioned, and so each of them
   * @param qualify which rows of the result are kept
   */
  PlanNode project(
      UnaryOperator<PlanNode> late,
      PlanNode input,
      List<RowExpression> partition,
      Optional<RowExpression> qualify,
      List<ResultColumn> columns) {
    if (input.isChangelog() || looksInOtherOrder()) {
      KeyedChanges changes =
          input.isChangelog() ? KeyedChanges.of(input) : new KeyedChanges(input, List.of());
      return ranksInOneOrder()
          ? ranked(changes, partition).plan(withoutFaulty(qualify), columns)
          : over(changes, partition).plan(withoutFaulty(qualify), columns);
    }
    Placed rows = over(input, late, partition);
    PlanNode kept =
        withoutFaulty(qualify)
            .<PlanNode>map(condition -> new FilterNode(rows.root(), rows.placed(condition)))
            .orElse(rows.root());
    return new ProjectNode(
        kept,
        ResultColumn.named(
            columns.stream()
                .map(column -> column.with(rows.placed(column.expression())))
                .toList()));
  }

  private static Optional<RowExpression> withoutFaulty(Optional<RowExpression> condition) {
    return condition.filter(it -> !Reporter.isFaulty(it));
  }

  /**
   * The same functions, of groups.
   *
   * @param change from expressions over the rows that are grouped to such over the groups
   */
  Analytics ofGroups(UnaryOperator<RowExpression> change) {
    Analytics changed = new Analytics();
    changed.spans.addAll(spans);
    changed.endless = endless;
    marks.forEach((key, mark) -> changed.marks.put(key.changed(change), mark));
    return changed;
  }

  /** Whether any look in another order than that of ROWTIME: the result changes then. */
  boolean looksInOtherOrder() {
    return marks.keySet().stream().anyMatch(key -> key.order() != null);
  }

  /** Whether all are rankings in one order, other than that of ROWTIME, of the same partitions. */
  private boolean ranksInOneOrder() {
    Key first = marks.keySet().iterator().next();
    return first.order() != null
        && marks.keySet().stream()
            .allMatch(
                key ->
                    key.function() instanceof Ranked
                        && key.partition().equals(first.partition())
                        && Objects.equals(first.order(), key.order()));
  }

  private RankedResult ranked(KeyedChanges input, List<RowExpression> partition) {
    Map<Integer, ColumnReference> columns = new LinkedHashMap<>();
    Map<Integer, Ranking> rankings = new HashMap<>();
    marks.forEach(
        (key, mark) -> {
          if (key.function() instanceof Ranked ranked) {
            columns.put(mark.index(), mark);
            rankings.put(mark.index(), ranked.ranking());
          }
        });
    Key first = marks.keySet().iterator().next();
    return new RankedResult(
        input, partitionOf(first, partition), orderOf(first), columns, rankings);
  }

  private OverResult over(KeyedChanges input, List<RowExpression> partition) {
    Map<Integer, ColumnReference> columns = new LinkedHashMap<>();
    marks.values().forEach(mark -> columns.put(mark.index(), mark));
    OverResult result = new OverResult(input, columns);
    marks.forEach(
        (key, mark) -> {
          List<RowExpression> keys = partitionOf(key, partition);
          if (key.function() instanceof Ranked ranked) {
            result.add(mark.index(), keys, orderOf(key), ranked.ranking());
          } else if (key.function() instanceof Framed framed) {
            result.add(mark.index(), keys, orderOf(key), framed.frame(), framed.call());
          }
        });
    return result;
  }

  /**
   * By what the rows that a function looks at are partitioned.
   *
   * @param all by what the query is
   */
  private static List<RowExpression> partitionOf(Key key, List<RowExpression> all) {
    Set<RowExpression> keys = new LinkedHashSet<>(all);
    keys.addAll(key.partition());
    return List.copyOf(keys);
  }

  private static RankOrder orderOf(Key key) {
    return key.order() == null ? RankOrder.BY_TIME : key.order();
  }

  /**
   * The nodes that compute the functions, one for each kind of partition. What makes rows wait for
   * others comes last: the rows that it sends are no longer in the order of their events.
   */
  private Placed over(PlanNode input, UnaryOperator<PlanNode> late, List<RowExpression> partition) {
    Map<List<RowExpression>, List<Key>> byPartition = new LinkedHashMap<>();
    for (Key key : marks.keySet()) {
      byPartition
          .computeIfAbsent(partitionOf(key, partition), absent -> new ArrayList<>())
          .add(key);
    }
    boolean keepsTime = byPartition.values().stream().noneMatch(Analytics::waits);
    int width = input.schema().size();
    PlanNode root = new SortNode(late.apply(keepsTime ? input : withTime(input)));
    Map<Integer, Integer> places = new HashMap<>();
    for (Map<List<RowExpression>, List<Key>> step : steps(byPartition)) {
      root = node(root, step, places);
    }
    return new Placed(
        root, places, keepsTime ? null : new ColumnReference(width, DataType.TIMESTAMP, ROWTIME));
  }

  /**
   * What each node computes, by the partitions that it looks at. Where rows wait for others in
   * several kinds of partitions, one node does all that waits, and nothing else.
   */
  private static List<Map<List<RowExpression>, List<Key>>> steps(
      Map<List<RowExpression>, List<Key>> byPartition) {
    List<Map<List<RowExpression>, List<Key>>> steps = new ArrayList<>();
    Map<List<RowExpression>, List<Key>> waiting = new LinkedHashMap<>();
    byPartition.forEach(
        (partition, keys) -> {
          if (waits(keys)) {
            waiting.put(partition, keys);
          } else {
            steps.add(Map.of(partition, keys));
          }
        });
    if (waiting.size() > 1) {
      for (Map.Entry<List<RowExpression>, List<Key>> part : waiting.entrySet()) {
        List<Key> others = part.getValue().stream().filter(key -> !key.waits()).toList();
        if (!others.isEmpty()) {
          steps.add(Map.of(part.getKey(), others));
          part.setValue(part.getValue().stream().filter(Key::waits).toList());
        }
      }
    }
    if (!waiting.isEmpty()) {
      steps.add(waiting);
    }
    return steps;
  }

  /** Whether they run in a query of this kind; reports why not. */
  boolean isAllowed(
      AnalysisContext context,
      boolean isGrouped,
      @Nullable EmitClause emit,
      Explosions explosions,
      SelectAnalyzer.Input input,
      Purpose purpose) {
    Reporter reporter = context.reporter();
    if (purpose == Purpose.ANSWER) {
      reporter.error("bad-question", span(), "an on-demand query has no OVER");
    } else if (input.window() instanceof RollupWindow) {
      reporter.error(
          "bad-aggregation",
          span(),
          "an aggregation has no OVER",
          "a question can take the first of what it keeps with ORDER BY and LIMIT");
    } else if (isGrouped && emit != null) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "EMIT cannot stand beside groups and OVER: it does not say for which of both it is",
          "group in a query in FROM");
    } else if (!explosions.isEmpty()) {
      reporter.error(
          MISPLACED,
          span(),
          "OVER cannot stand beside EXPLODE, which makes several rows of the one that it looks at",
          "explode in a query in FROM");
    } else if (!input.window().coversAll() && !(isGrouped && closes(input.window()))) {
      reporter.error(
          MISPLACED,
          span(),
          "OVER cannot stand in a window: both say which rows are looked at",
          looksInOtherOrder()
              ? "the first n rows of what a window sends are ORDER BY … LIMIT n"
              : "say with ROWS or RANGE what it looks at");
    } else if (input.plan().isChangelog()
        || looksInOtherOrder()
        || (isGrouped
            && (purpose == Purpose.TABLE || purpose == Purpose.CHANGES)
            && input.window().coversAll())) {
      return canLookAtWhatIsThere(reporter);
    } else {
      return canLookInTime(reporter);
    }
    return false;
  }

  /** Whether groups are sent once, so that they are rows like any others. */
  private static boolean closes(WindowSpec window) {
    return window.usualEmission() == Emission.FINAL;
  }

  /** Whether they can be computed of rows that may go again; reports why not. */
  private boolean canLookAtWhatIsThere(Reporter reporter) {
    for (Key key : marks.keySet()) {
      if (key.function() instanceof Framed framed) {
        Aggregate function = framed.call().function();
        if (function.isLasting() || function instanceof UserAggregate) {
          reporter.error(
              "bad-call",
              span(),
              "'"
                  + function.sqlName()
                  + "' runs in the order of ROWTIME over streams only, not over a table or in"
                  + " another order",
              function.isLasting()
                  ? "it tells what has been, and these what is there"
                  : "where it fails, it is too late to refuse a row that came before");
          return false;
        }
      }
    }
    return true;
  }

  /** Whether they can be computed of a stream in the order of its times; reports why not. */
  private boolean canLookInTime(Reporter reporter) {
    if (endless != null) {
      reporter.error(
          "bad-frame",
          endless,
          "a frame over a stream in the order of ROWTIME cannot end UNBOUNDED FOLLOWING: its last"
              + " row is never known",
          "end it so many rows or so much time behind the row, or leave ORDER BY out to look at all"
              + " rows that are there");
      return false;
    }
    return true;
  }

  private static boolean waits(List<Key> keys) {
    return keys.stream().anyMatch(Key::waits);
  }

  private static PlanNode withTime(PlanNode input) {
    List<NamedExpression> columns = new ArrayList<>();
    for (int i = 0; i < input.schema().size(); i++) {
      String name = input.schema().name(i);
      columns.add(new NamedExpression(name, new ColumnReference(i, input.schema().type(i), name)));
    }
    columns.add(new NamedExpression(ROWTIME, new RowtimeReference()));
    return new ProjectNode(input, columns);
  }

  private PlanNode node(
      PlanNode input, Map<List<RowExpression>, List<Key>> step, Map<Integer, Integer> places) {
    List<AnalyticNode.Part> parts = new ArrayList<>();
    int next = input.schema().size();
    for (Map.Entry<List<RowExpression>, List<Key>> part : step.entrySet()) {
      parts.add(part(part.getKey(), part.getValue(), next, places));
      next += part.getValue().size();
    }
    return new AnalyticNode(input, parts);
  }

  /**
   * @param first the column of the first of the functions
   */
  private AnalyticNode.Part part(
      List<RowExpression> partition, List<Key> keys, int first, Map<Integer, Integer> places) {
    List<AnalyticNode.RankColumn> rankings = new ArrayList<>();
    Map<Seen, List<AggregateCall>> frames = new LinkedHashMap<>();
    Map<Seen, List<Integer>> framedMarks = new LinkedHashMap<>();
    int next = first;
    for (Key key : keys) {
      ColumnReference mark = Objects.requireNonNull(marks.get(key));
      if (key.function() instanceof Ranked ranked) {
        rankings.add(new AnalyticNode.RankColumn(mark.name(), ranked.ranking()));
        places.put(mark.index(), next++);
      } else if (key.function() instanceof Framed framed) {
        Seen seen = Seen.by(framed);
        frames
            .computeIfAbsent(seen, absent -> new ArrayList<>())
            .add(framed.call().named(mark.name()));
        framedMarks.computeIfAbsent(seen, absent -> new ArrayList<>()).add(mark.index());
      }
    }
    for (List<Integer> ofFrame : framedMarks.values()) {
      for (int mark : ofFrame) {
        places.put(mark, next++);
      }
    }
    List<NamedExpression> named = new ArrayList<>();
    for (RowExpression key : partition) {
      String name =
          key instanceof ColumnReference column ? column.name() : "key_" + (named.size() + 1);
      named.add(new NamedExpression(name, key));
    }
    List<AnalyticNode.FramedCalls> calls =
        frames.entrySet().stream()
            .map(entry -> new AnalyticNode.FramedCalls(entry.getKey().frame(), entry.getValue()))
            .toList();
    return new AnalyticNode.Part(named, rankings, calls);
  }

  /**
   * @param places the columns of marks
   * @param rowtime where the time of a row's event is, if the row does not keep it; or null
   */
  private record Placed(
      PlanNode root, Map<Integer, Integer> places, @Nullable ColumnReference rowtime) {
    /** An expression over the columns of the root. */
    RowExpression placed(RowExpression expression) {
      return ExpressionRebuilder.topDown(
          expression,
          part -> {
            if (part instanceof ColumnReference mark && mark.index() >= FIRST_MARK) {
              return new ColumnReference(
                  Objects.requireNonNull(places.get(mark.index())), mark.type(), mark.name());
            }
            return part instanceof RowtimeReference ? rowtime : null;
          });
    }
  }

  /** The expression without them: faulty where it holds one. */
  static RowExpression withoutMarks(RowExpression expression) {
    return holdsMark(expression) ? Reporter.faulty() : expression;
  }

  /** Whether a column stands for a function. */
  static boolean isMarked(ColumnReference column) {
    return column.index() >= FIRST_MARK;
  }

  /** Whether any function stands in an expression. */
  static boolean holdsMark(RowExpression expression) {
    return (expression instanceof ColumnReference column && isMarked(column))
        || expression.operands().stream().anyMatch(Analytics::holdsMark);
  }
}
