package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AnalyticNode.FramedCalls;
import io.millrace.language.plan.AnalyticNode.RankColumn;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.Frame;
import io.millrace.language.plan.KeyedChanges;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.Ranking;
import io.millrace.language.plan.SortColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of a query with analytic functions whose results change: of rows in any orders, or of
 * what a change log holds. What they look at is computed below, once for each row; what reads their
 * results is computed above, and QUALIFY is a filter of these.
 */
final class OverResult {
  private final KeyedChanges input;
  private final Map<Integer, ColumnReference> marks;
  private final ComputedBelow below;
  private final Map<Seen, Functions> parts = new LinkedHashMap<>();

  /** How rows are looked at. */
  private record Seen(List<RowExpression> partition, RankOrder order) {}

  /** What is wanted of rows that are looked at in one way, by the numbers of the marks. */
  private record Functions(
      Map<Integer, Ranking> rankings, Map<Frame, Map<Integer, AggregateCall>> frames) {}

  /**
   * @param input the rows, with the columns of their key if they are changes
   * @param marks the columns that stand for functions until there is a plan, by their numbers
   */
  OverResult(KeyedChanges input, Map<Integer, ColumnReference> marks) {
    this.input = input;
    this.marks = marks;
    this.below = new ComputedBelow(marks);
  }

  void add(int mark, List<RowExpression> partition, RankOrder order, Ranking ranking) {
    functions(partition, order).rankings.put(mark, ranking);
  }

  void add(
      int mark, List<RowExpression> partition, RankOrder order, Frame frame, AggregateCall call) {
    functions(partition, order)
        .frames
        .computeIfAbsent(frame, absent -> new LinkedHashMap<>())
        .put(mark, call);
  }

  private Functions functions(List<RowExpression> partition, RankOrder order) {
    return parts.computeIfAbsent(
        new Seen(partition, order),
        absent -> new Functions(new LinkedHashMap<>(), new LinkedHashMap<>()));
  }

  PlanNode plan(Optional<RowExpression> qualify, List<ResultColumn> columns) {
    List<RowExpression> results = new ArrayList<>();
    for (ResultColumn column : columns) {
      results.add(below.result(column.expression(), column.name()));
    }
    Optional<RowExpression> condition = qualify.map(below::onlyMarks);
    List<ColumnReference> rowKey = RankedResult.rowKey(input);
    List<Integer> rowKeys =
        rowKey.stream().map(key -> below.column(key, key.name()).index()).toList();
    List<OverNode.Part> computed = new ArrayList<>();
    Map<Integer, ColumnReference> places = new HashMap<>();
    int place = computeBelow();
    for (Map.Entry<Seen, Functions> part : parts.entrySet()) {
      place = place(part.getValue(), place, places);
      computed.add(part(part.getKey(), part.getValue(), places));
    }
    OverNode over = new OverNode(below.over(input.plan()), computed, rowKeys);
    PlanNode kept =
        condition
            .<PlanNode>map(it -> new FilterNode(over, RankedResult.placed(it, places)))
            .orElse(over);
    List<NamedExpression> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      shown.add(new NamedExpression(name, RankedResult.placed(results.get(i), places)));
    }
    boolean hasRowKey =
        !rowKey.isEmpty()
            && columns.stream().map(ResultColumn::expression).toList().containsAll(rowKey);
    return hasRowKey
        ? new ProjectNode(kept, shown)
        : RankedResult.wholeRows(kept, over.keyColumns(), shown);
  }

  /** Has all that functions look at computed, and gives the number of columns that there are. */
  private int computeBelow() {
    parts.forEach(
        (seen, functions) -> {
          below.keys(seen.partition());
          below.order(seen.order());
          functions.frames.values().forEach(calls -> calls.replaceAll((mark, c) -> ofBelow(c)));
        });
    return below.size();
  }

  private AggregateCall ofBelow(AggregateCall call) {
    return call.mapped(argument -> below.column(argument, "argument"));
  }

  /** Says at which columns functions are; gives the number of the column behind them. */
  private int place(Functions functions, int first, Map<Integer, ColumnReference> places) {
    List<Integer> inOrder = new ArrayList<>(functions.rankings.keySet());
    functions.frames.values().forEach(calls -> inOrder.addAll(calls.keySet()));
    int place = first;
    for (int number : inOrder) {
      ColumnReference mark = Objects.requireNonNull(marks.get(number));
      String name = below.unusedName(mark.name());
      places.put(number, new ColumnReference(place++, mark.type(), name));
    }
    return place;
  }

  private OverNode.Part part(Seen seen, Functions functions, Map<Integer, ColumnReference> places) {
    List<RankColumn> rankings = new ArrayList<>();
    functions.rankings.forEach(
        (mark, ranking) -> rankings.add(new RankColumn(nameOf(mark, places), ranking)));
    List<FramedCalls> frames = new ArrayList<>();
    functions.frames.forEach(
        (frame, calls) -> {
          List<AggregateCall> named = new ArrayList<>();
          calls.forEach((mark, call) -> named.add(call.named(nameOf(mark, places))));
          frames.add(new FramedCalls(frame, named));
        });
    List<SortColumn> order = below.order(seen.order());
    return new OverNode.Part(below.keys(seen.partition()), order, rankings, frames);
  }

  private static String nameOf(int mark, Map<Integer, ColumnReference> places) {
    return Objects.requireNonNull(places.get(mark)).name();
  }
}
