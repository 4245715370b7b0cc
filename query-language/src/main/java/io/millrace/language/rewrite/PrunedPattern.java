package io.millrace.language.rewrite;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternVariable;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.rewrite.PruneColumns.Pruned;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A pattern that keeps of its events only what its conditions or anything above reads, over an
 * input without the columns that it does not read.
 */
final class PrunedPattern {
  private final PatternNode node;
  private final int width;
  private final BitSet read;

  private PrunedPattern(PatternNode node, BitSet required) {
    this.node = node;
    this.width = node.input().schema().size();
    this.read = new BitSet();
    for (int i = required.nextSetBit(node.keys()); i >= 0; i = required.nextSetBit(i + 1)) {
      read.set(width + i - node.keys());
    }
    int column = width;
    for (PatternVariable variable : node.variables()) {
      RowExpression condition = variable.condition();
      if (condition != null) {
        Columns.collect(condition, read);
      }
      for (AggregateCall call : variable.kept()) {
        if (call.arguments().stream().anyMatch(RowExpression::canFail)) {
          read.set(column);
        }
        column++;
      }
    }
    read.set(0, 1 + node.keys());
  }

  /**
   * @param narrow gives the input with the columns that are asked for
   */
  static Pruned of(PatternNode node, BitSet required, BiFunction<PlanNode, BitSet, Pruned> narrow) {
    return new PrunedPattern(node, required).pruned(narrow);
  }

  private Pruned pruned(BiFunction<PlanNode, BitSet, Pruned> narrow) {
    List<List<AggregateCall>> kept = new ArrayList<>();
    int[] results = new int[node.schema().size()];
    for (int i = 0; i < node.keys(); i++) {
      results[i] = i;
    }
    int before = 0;
    int after = 0;
    BitSet needed = read.get(0, width);
    for (PatternVariable variable : node.variables()) {
      List<AggregateCall> calls = new ArrayList<>();
      for (AggregateCall call : variable.kept()) {
        boolean isRead = read.get(width + before);
        results[node.keys() + before] = isRead ? node.keys() + after : -1;
        before++;
        after += isRead ? 1 : 0;
        if (isRead) {
          calls.add(call);
          PruneColumns.collect(call, needed);
        }
      }
      kept.add(calls);
    }
    Pruned input = narrow.apply(node.input(), needed);
    int[] places = places(input, results);
    List<PatternVariable> variables = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      variables.add(moved(node.variables().get(i), kept.get(i), places));
    }
    PatternNode moved = (PatternNode) node.withInputs(List.of(input.node()));
    return new Pruned(moved.withVariables(variables), results);
  }

  /** Where conditions find the columns of the input, and what is kept behind them. */
  private int[] places(Pruned input, int[] results) {
    int narrowed = input.node().schema().size();
    int[] places = Arrays.copyOf(input.places(), width + results.length - node.keys());
    for (int i = node.keys(); i < results.length; i++) {
      places[width + i - node.keys()] = results[i] < 0 ? -1 : narrowed + results[i] - node.keys();
    }
    return places;
  }

  private static PatternVariable moved(
      PatternVariable variable, List<AggregateCall> kept, int[] places) {
    RowExpression condition = variable.condition();
    return new PatternVariable(
        variable.name(),
        variable.stream(),
        condition == null ? null : Columns.move(condition, places),
        kept.stream().map(call -> call.mapped(e -> Columns.move(e, places))).toList());
  }
}
