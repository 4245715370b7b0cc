package io.millrace.compiler.graph;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.NamedExpression;
import io.millrace.operators.kernel.ProjectionSpec;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A projection, compiled.
 *
 * @param description its expressions, for people
 * @param isRepeatable whether equal rows give the same each time
 */
record Projected(ProjectionSpec spec, String description, boolean isRepeatable) {
  /**
   * Compiles what columns are.
   *
   * @param isOfChanges whether the rows are changes by key
   */
  static Projected of(
      List<NamedExpression> expressions,
      Schema schema,
      boolean isOfChanges,
      KernelCompiler kernels) {
    List<Integer> sources = new ArrayList<>();
    List<RowExpression> computed = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (NamedExpression named : expressions) {
      boolean isColumn = named.expression() instanceof ColumnReference;
      sources.add(named.expression() instanceof ColumnReference column ? column.index() : -1);
      if (!isColumn) {
        computed.add(named.expression());
      }
      String text = ExpressionPrinter.print(named.expression());
      texts.add(text);
      boolean isNamed =
          named.expression() instanceof ColumnReference column
              ? column.name().equals(named.name())
              : text.equals(named.name());
      columns.add(isNamed ? text : text + " AS " + named.name());
    }
    return new Projected(
        new ProjectionSpec(
            schema,
            sources,
            texts,
            computed.isEmpty() ? null : kernels.projector(computed),
            isOfChanges),
        "Project " + String.join(", ", columns),
        computed.stream().allMatch(RowExpression::isDeterministic));
  }
}
