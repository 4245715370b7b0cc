package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.compiler.code.MethodSplitter;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Compiles results. Each expression has a loop of its own, which the JIT compiler can vectorize;
 * expressions with a common part share a loop, so that the part is evaluated once. There is a loop
 * for all rows, one for selected rows, and one with null checks for both.
 */
public final class ProjectorCompiler {
  private static final int MOST_CALLS = 200;
  private static final String PARAMETERS =
      "(Batch batch, int[] selection, int count, Column[] out, RowErrors errors)";
  private static final String ARGUMENTS = "(batch, selection, count, out, errors)";

  private final List<? extends RowExpression> expressions;
  private final ExpressionAnalysis analysis;
  private final KernelBody kernel;

  private ProjectorCompiler(List<? extends RowExpression> expressions) {
    this.expressions = expressions;
    this.analysis = new ExpressionAnalysis(expressions);
    this.kernel = new KernelBody(analysis);
  }

  /**
   * Compiles expressions over the columns of one input, one for each column of the result.
   *
   * @throws PreparationException if a constant argument of a function is of no use
   */
  public static KernelSource<RowProjector> compile(List<? extends RowExpression> expressions) {
    ProjectorCompiler compiler = new ProjectorCompiler(List.copyOf(expressions));
    compiler.write();
    return compiler.kernel.finish(RowProjector.class);
  }

  private void write() {
    List<List<Integer>> groups = new SharedParts(analysis, expressions).groups();
    for (List<Integer> group : groups) {
      analysis.fitIntoOneMethod(expressionsOf(group));
    }
    CodeWriter entry = new CodeWriter();
    ColumnUse all = ColumnUse.of(expressions);
    if (analysis.needsFields()) {
      all.declareFields(entry);
    }
    entry.open("public void project" + PARAMETERS);
    if (analysis.needsFields()) {
      all.bindFields(entry);
    }
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      calls.add("project" + i + ARGUMENTS + ";");
    }
    MethodSplitter.split(calls, MOST_CALLS, "project", PARAMETERS, ARGUMENTS, kernel::add)
        .forEach(entry::line);
    kernel.add(entry.close());
    for (int i = 0; i < groups.size(); i++) {
      writeGroup("project" + i, groups.get(i));
    }
  }

  private List<RowExpression> expressionsOf(List<Integer> group) {
    List<RowExpression> result = new ArrayList<>();
    group.forEach(index -> result.add(expressions.get(index)));
    return result;
  }

  private void writeGroup(String name, List<Integer> group) {
    ColumnUse columns = ColumnUse.of(expressionsOf(group));
    boolean hasVariants =
        columns.hasColumns() && analysis.totalWeight() <= PredicateCompiler.MOST_WITH_TWO_VARIANTS;
    String general = columns.hasColumns() ? name + "Nullable" : name + "Present";
    CodeWriter out = new CodeWriter().open("void " + name + PARAMETERS);
    if (hasVariants) {
      out.open("if (" + columns.nothingIsNull() + ")").open("if (selection == null)");
      out.line(name + "Dense" + ARGUMENTS + ";")
          .reopen("else")
          .line(name + "Selected" + ARGUMENTS + ";")
          .close();
      out.reopen("else").line(general + ARGUMENTS + ";").close();
    } else {
      out.line(general + ARGUMENTS + ";");
    }
    kernel.add(out.close());
    if (hasVariants) {
      writeLoop(name + "Dense", group, columns, "j", false);
      writeLoop(name + "Selected", group, columns, "selection[j]", false);
    }
    writeLoop(
        general, group, columns, "selection == null ? j : selection[j]", columns.hasColumns());
  }

  private void writeLoop(
      String name, List<Integer> group, ColumnUse columns, String index, boolean nullable) {
    CodeWriter out = new CodeWriter().open("void " + name + PARAMETERS);
    columns.declareVariables(out, nullable);
    RowCode row = new RowCode(kernel, new Nullability(nullable), List.of());
    boolean canFail = false;
    for (int column : group) {
      RowExpression expression = expressions.get(column);
      Layout layout = expression.type().layout();
      String values = "((" + JavaTypes.column(layout) + ") out[" + column + "]).values()";
      out.line("final " + JavaTypes.element(layout) + "[] o" + column + " = " + values + ";");
      store(row, column, expression.type(), row.value(expression));
      canFail |= analysis.canFail(expression);
    }
    RowLoop.write(out, "count", index, row.statements(), canFail);
    kernel.add(out.close());
  }

  private static void store(RowCode row, int column, DataType type, Fragment value) {
    String assignment = "o" + column + "[j] = " + value.code() + ";";
    String setNull = "out[" + column + "].setNull(j);";
    if (value.isNeverNull()) {
      row.line(assignment);
    } else if (value.isAlwaysNull()) {
      row.line(setNull);
    } else {
      Fragment kept = row.bind(type, value);
      row.out().open("if (" + kept.isNull() + ")").line(setNull);
      row.out().reopen("else").line("o" + column + "[j] = " + kept.code() + ";").close();
    }
  }
}
