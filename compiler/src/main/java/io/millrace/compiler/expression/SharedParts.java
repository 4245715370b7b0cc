package io.millrace.compiler.expression;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds expressions that have a part in common (more than a column), transitively. */
final class SharedParts {
  private final ExpressionAnalysis analysis;
  private final int[] representative;
  private final Map<RowExpression, Integer> firstUse = new HashMap<>();

  SharedParts(ExpressionAnalysis analysis, List<? extends RowExpression> expressions) {
    this.analysis = analysis;
    this.representative = new int[expressions.size()];
    for (int i = 0; i < representative.length; i++) {
      representative[i] = i;
    }
    for (int i = 0; i < representative.length; i++) {
      join(analysis.form(expressions.get(i)), i);
    }
  }

  /** The indexes of the expressions, those with common parts together; groups and indexes rise. */
  List<List<Integer>> groups() {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < representative.length; i++) {
      groups.computeIfAbsent(find(i), unused -> new ArrayList<>()).add(i);
    }
    return List.copyOf(groups.values());
  }

  private void join(RowExpression expression, int index) {
    if (!(expression instanceof ColumnReference) && analysis.isRepeated(expression)) {
      Integer first = firstUse.putIfAbsent(expression, index);
      if (first != null) {
        int a = find(first);
        int b = find(index);
        representative[Math.max(a, b)] = Math.min(a, b);
      }
    }
    expression.operands().forEach(operand -> join(analysis.form(operand), index));
  }

  private int find(int index) {
    int at = index;
    while (representative[at] != at) {
      at = representative[at];
    }
    return at;
  }
}
