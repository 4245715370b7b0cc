package io.millrace.language.rewrite;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Removes a projection that gives its input's columns as they are.
 *
 * <pre>
 * Project [a, b]      =>  Scan [T]
 *   Scan [T]
 * </pre>
 *
 * <p>Not where it renames, reorders or leaves out columns.
 */
final class RemoveIdentityProject implements PlanRule {
  @Override
  public Optional<PlanNode> apply(PlanNode node) {
    return node instanceof ProjectNode project && isIdentity(project)
        ? Optional.of(project.input())
        : Optional.empty();
  }

  private static boolean isIdentity(ProjectNode project) {
    Schema input = project.input().schema();
    List<NamedExpression> columns = project.expressions();
    if (columns.size() != input.size()) {
      return false;
    }
    for (int i = 0; i < columns.size(); i++) {
      if (!(columns.get(i).expression() instanceof ColumnReference reference)
          || reference.index() != i
          || !columns.get(i).name().equals(input.name(i))) {
        return false;
      }
    }
    return true;
  }
}
