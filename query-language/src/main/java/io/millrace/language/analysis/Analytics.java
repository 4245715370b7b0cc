package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.Ranking;
import io.millrace.language.plan.SortNode;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The analytic functions of one query, each once, by the partitions and frames that they look at.
 * Until all are known an expression refers to them by marked column numbers, far above those of
 * columns.
 */
final class Analytics {
  /** What to do about aggregates beside OVER, and in it. */
  static final String AGGREGATE_BEFORE = "aggregate in a query in FROM";

  private static final int FIRST_MARK = 1 << 23;
  private static final String ROWTIME = "row_time";

  private final Map<Key, ColumnReference> marks = new LinkedHashMap<>();
  private final List<Span> spans = new ArrayList<>();

  /**
   * What tells functions apart: a ranking, perhaps with an order other than that of ROWTIME, or an
   * aggregate without a name and its frame.
   */
  private sealed interface Function {}

  private record Ranked(Ranking ranking) implements Function {}

  private record Ordered(RankOrder order, Ranking ranking) implements Function {}

  private record Framed(Frame frame, AggregateCall call) implements Function {}

  private record Key(List<RowExpression> partition, Function function) {}

  /** Says that a call stands somewhere, perhaps one with errors. */
  void note(Span place) {
    spans.add(place);
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

  RowExpression add(List<RowExpression> partition, Ranking ranking) {
    return mark(new Key(partition, new Ranked(ranking)), ranking.sqlName(), DataType.BIGINT);
  }

  /** A ranking in another order than that of ROWTIME. */
  RowExpression add(List<RowExpression> partition, RankOrder order, Ranking ranking) {
    return mark(
        new Key(partition, new Ordered(order, ranking)), ranking.sqlName(), DataType.BIGINT);
  }

  RowExpression add(List<RowExpression> partition, Frame frame, AggregateCall call) {
    AggregateCall unnamed = call.named("");
    return mark(
        new Key(partition, new Framed(frame, unnamed)), call.function().sqlName(), call.type());
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
   * @param partition by what the query is partitioned, and so each of them
   * @param qualify which rows of the result are kept
   */
  PlanNode project(
      PlanNode input,
      List<RowExpression> partition,
      Optional<RowExpression> qualify,
      List<ResultColumn> columns) {
    if (ranksInOrder()) {
      return ranked(input, partition).plan(withoutFaulty(qualify), columns);
    }
    Placed rows = over(input, partition);
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

  /** Whether there are rankings in another order than that of ROWTIME: the result changes then. */
  boolean ranksInOrder() {
    return marks.keySet().stream().anyMatch(key -> key.function() instanceof Ordered);
  }

  private boolean ranksOnlyInOrder() {
    return marks.keySet().stream().allMatch(key -> key.function() instanceof Ordered);
  }

  /** The rankings, which are all in one order of the same partitions. */
  private RankedResult ranked(PlanNode input, List<RowExpression> partition) {
    Set<RowExpression> keys = new LinkedHashSet<>(partition);
    Map<Integer, ColumnReference> columns = new LinkedHashMap<>();
    Map<Integer, Ranking> rankings = new HashMap<>();
    List<RankOrder> orders = new ArrayList<>();
    marks.forEach(
        (key, mark) -> {
          if (key.function() instanceof Ordered ordered) {
            keys.addAll(key.partition());
            orders.add(ordered.order());
            columns.put(mark.index(), mark);
            rankings.put(mark.index(), ordered.ranking());
          }
        });
    return new RankedResult(input, List.copyOf(keys), orders.get(0), columns, rankings);
  }

  /** Whether there are rankings in another order, and anything else of other rows. */
  private boolean looksInSeveralOrders() {
    Set<Object> orders = new LinkedHashSet<>();
    for (Key key : marks.keySet()) {
      orders.add(
          key.function() instanceof Ordered ordered
              ? List.of(key.partition(), ordered.order())
              : "by time");
    }
    return orders.size() > 1 && ranksInOrder();
  }

  /**
   * The nodes that compute the functions, one for each kind of partition. Those whose rows wait for
   * others come last: the rows that they send are no longer in the order of their events.
   */
  private Placed over(PlanNode input, List<RowExpression> partition) {
    Map<List<RowExpression>, List<Key>> byPartition = new LinkedHashMap<>();
    for (Key key : marks.keySet()) {
      Set<RowExpression> keys = new LinkedHashSet<>(partition);
      keys.addAll(key.partition());
      byPartition.computeIfAbsent(List.copyOf(keys), absent -> new ArrayList<>()).add(key);
    }
    List<Map.Entry<List<RowExpression>, List<Key>>> parts = new ArrayList<>(byPartition.entrySet());
    parts.sort(Comparator.comparing(part -> waits(part.getValue())));
    boolean keepsTime = parts.stream().noneMatch(part -> waits(part.getValue()));
    int width = input.schema().size();
    PlanNode root = new SortNode(keepsTime ? input : withTime(input));
    Map<Integer, Integer> places = new HashMap<>();
    for (Map.Entry<List<RowExpression>, List<Key>> part : parts) {
      root = node(root, part.getKey(), part.getValue(), places);
    }
    return new Placed(
        root, places, keepsTime ? null : new ColumnReference(width, DataType.TIMESTAMP, ROWTIME));
  }

  /** Whether they run in a query of this kind; reports why not. */
  boolean isAllowed(
      AnalysisContext context,
      boolean isGrouped,
      Explosions explosions,
      SelectAnalyzer.Input input,
      Purpose purpose) {
    Reporter reporter = context.reporter();
    if (purpose == Purpose.ANSWER) {
      reporter.error("bad-question", span(), "an on-demand query has no OVER");
    } else if (isGrouped) {
      reporter.unsupported(UnsupportedFeature.OVER_BESIDE_AGGREGATE, span(), AGGREGATE_BEFORE);
    } else if (!explosions.isEmpty()) {
      reporter.unsupported(
          UnsupportedFeature.OVER_BESIDE_EXPLODE, span(), "explode in a query in FROM");
    } else if (!input.window().coversAll()) {
      reporter.unsupported(
          UnsupportedFeature.OVER_IN_WINDOW,
          span(),
          ranksInOrder()
              ? "the first n rows of what a window sends are ORDER BY … LIMIT n"
              : "say with ROWS or RANGE what it looks at");
    } else if (input.plan().isChangelog() && !ranksOnlyInOrder()) {
      reporter.unsupported(UnsupportedFeature.OVER_OF_TABLE, span());
    } else if (input.plan().isChangelog() && !KeyColumns.of(input.plan(), true).isComplete()) {
      reporter.unsupported(
          UnsupportedFeature.RANKING_WITHOUT_KEY, span(), "select all columns of the key there");
    } else if (looksInSeveralOrders()) {
      reporter.unsupported(
          UnsupportedFeature.OVER_IN_SEVERAL_ORDERS,
          span(),
          "compute one of them in a query in FROM");
    } else if (waitsInSeveralPartitions()) {
      reporter.unsupported(
          UnsupportedFeature.FOLLOWING_ROWS_OF_PARTITIONS,
          span(),
          "compute one of them in a query in FROM");
    } else {
      return true;
    }
    return false;
  }

  /** Whether functions of several kinds of partitions wait for rows behind theirs. */
  private boolean waitsInSeveralPartitions() {
    Set<List<RowExpression>> waiting = new LinkedHashSet<>();
    for (Key key : marks.keySet()) {
      if (waits(List.of(key))) {
        waiting.add(key.partition());
      }
    }
    return waiting.size() > 1;
  }

  private static boolean waits(List<Key> keys) {
    return keys.stream()
        .anyMatch(
            key -> key.function() instanceof Framed framed && framed.frame().takesFollowingRows());
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
      PlanNode input, List<RowExpression> partition, List<Key> keys, Map<Integer, Integer> places) {
    List<AnalyticNode.RankColumn> rankings = new ArrayList<>();
    Map<Frame, List<AggregateCall>> frames = new LinkedHashMap<>();
    Map<Frame, List<Integer>> framedMarks = new LinkedHashMap<>();
    int next = input.schema().size();
    for (Key key : keys) {
      ColumnReference mark = Objects.requireNonNull(marks.get(key));
      if (key.function() instanceof Ranked ranked) {
        rankings.add(new AnalyticNode.RankColumn(mark.name(), ranked.ranking()));
        places.put(mark.index(), next++);
      } else if (key.function() instanceof Framed framed) {
        frames
            .computeIfAbsent(framed.frame(), absent -> new ArrayList<>())
            .add(framed.call().named(mark.name()));
        framedMarks.computeIfAbsent(framed.frame(), absent -> new ArrayList<>()).add(mark.index());
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
            .map(entry -> new AnalyticNode.FramedCalls(entry.getKey(), entry.getValue()))
            .toList();
    return new AnalyticNode(input, named, rankings, calls);
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

  private static boolean holdsMark(RowExpression expression) {
    return (expression instanceof ColumnReference column && column.index() >= FIRST_MARK)
        || expression.operands().stream().anyMatch(Analytics::holdsMark);
  }
}
