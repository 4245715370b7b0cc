package io.millrace.language.rewrite;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes one projection of two that follow each other.
 *
 * <pre>
 * Project [x * 2 AS y]         =>  Project [(a + b) * 2 AS y]
 *   Project [a + b AS x]             Scan [T]
 *     Scan [T]
 * </pre>
 *
 * <p>Not where a computed column is read more than once (it would be computed as often), and not
 * where one that may fail, or that is different at each evaluation, is read anywhere but as a whole
 * column of the result: it would vanish, or move into a branch.
 */
final class MergeProjects implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    if (!(node instanceof ProjectNode upper)
        || !(upper.input() instanceof ProjectNode lower)
        || !isSafe(upper, lower)
        || (lower.isChangelog() && canFail(lower))) {
      return Optional.empty();
    }
    List<NamedExpression> merged = new ArrayList<>();
    for (NamedExpression column : upper.expressions()) {
      merged.add(
          new NamedExpression(
              column.name(), Columns.substitute(column.expression(), lower.expressions())));
    }
    return Optional.of(new ProjectNode(lower.input(), merged));
  }

  /** Of a change that fails only what is computed goes: the upper one may compute of its key. */
  private static boolean canFail(ProjectNode node) {
    return node.expressions().stream().anyMatch(column -> column.expression().canFail());
  }

  private static boolean isSafe(ProjectNode upper, ProjectNode lower) {
    int[] reads = new int[lower.expressions().size()];
    int[] wholeReads = new int[reads.length];
    for (NamedExpression column : upper.expressions()) {
      Columns.countReads(column.expression(), reads);
      if (column.expression() instanceof ColumnReference reference) {
        wholeReads[reference.index()]++;
      }
    }
    for (int i = 0; i < reads.length; i++) {
      RowExpression computed = lower.expressions().get(i).expression();
      boolean fixed = computed.canFail() || !computed.isDeterministic();
      if (fixed
          ? reads[i] != 1 || wholeReads[i] != 1
          : reads[i] > 1 && !Columns.isTrivial(computed)) {
        return false;
      }
    }
    return true;
  }
}
