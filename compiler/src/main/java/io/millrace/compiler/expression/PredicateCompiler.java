package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;
import java.util.List;

/**
 * Compiles conditions. The loop without branches (each row is written, the count moves on if it is
 * selected) is taken where nothing may fail; a second loop without null checks is taken for batches
 * in which no column that is read has a NULL. Batches of one row, of which there are many where
 * rows are sent one by one, are not worth a loop: they have a method of their own.
 */
public final class PredicateCompiler {
  /**
   * Beyond this weight there is only the loop with null checks: the checks cost little beside the
   * rest.
   */
  static final int MOST_WITH_TWO_VARIANTS = 12_000;

  private final RowExpression condition;
  private final ExpressionAnalysis analysis;
  private final KernelBody kernel;
  private final ColumnUse columns;

  private PredicateCompiler(RowExpression condition) {
    this.condition = condition;
    this.analysis = new ExpressionAnalysis(List.of(condition));
    this.kernel = new KernelBody(analysis);
    this.columns = ColumnUse.of(List.of(condition));
  }

  /**
   * Compiles a condition over the columns of one input.
   *
   * @throws PreparationException if a constant argument of a function is of no use
   */
  public static KernelSource<RowPredicate> compile(RowExpression condition) {
    PredicateCompiler compiler = new PredicateCompiler(condition);
    compiler.write();
    return compiler.kernel.finish(RowPredicate.class);
  }

  /** Whether a condition may fail for some row; as exact as the code that is made of it. */
  public static boolean canFail(RowExpression condition) {
    return new ExpressionAnalysis(List.of(condition)).canFail(condition);
  }

  private void write() {
    boolean hasVariants = columns.hasColumns() && analysis.totalWeight() <= MOST_WITH_TWO_VARIANTS;
    CodeWriter entry = new CodeWriter();
    if (analysis.needsFields()) {
      columns.declareFields(entry);
    }
    entry.open("public int select(Batch batch, int[] selection, RowErrors errors)");
    if (analysis.needsFields()) {
      columns.bindFields(entry);
    }
    if (hasVariants) {
      entry
          .open("if (" + columns.nothingIsNull() + ")")
          .line("return selectPresent(batch, selection, errors);")
          .close();
    }
    String general = columns.hasColumns() ? "selectNullable" : "selectPresent";
    entry.line("return " + general + "(batch, selection, errors);").close();
    kernel.add(entry);
    if (hasVariants) {
      writeLoop("selectPresent", false);
    }
    writeLoop(general, columns.hasColumns());
    writeTest(hasVariants);
  }

  private void writeTest(boolean hasVariants) {
    CodeWriter out = new CodeWriter();
    out.open("public boolean test(Batch batch, int i, RowErrors errors)");
    if (analysis.needsFields()) {
      columns.bindFields(out);
    }
    if (hasVariants && !analysis.canFail(condition)) {
      out.open("if (" + columns.nothingIsNull() + ")");
      writeOne(out, false);
      out.close();
    }
    writeOne(out, columns.hasColumns());
    kernel.add(out.close());
  }

  private void writeOne(CodeWriter out, boolean nullable) {
    columns.declareVariables(out, nullable);
    RowCode row = new RowCode(kernel, new Nullability(nullable), List.of());
    row.line("return " + row.isTrue(condition) + ";");
    RowLoop.writeOne(out, row.statements(), analysis.canFail(condition));
  }

  private void writeLoop(String name, boolean nullable) {
    CodeWriter out = new CodeWriter();
    out.open("int " + name + "(Batch batch, int[] selection, RowErrors errors)");
    columns.declareVariables(out, nullable);
    out.line("final int n = batch.size();").line("int k = 0;");
    RowCode row = new RowCode(kernel, new Nullability(nullable), List.of());
    String selected = row.isTrue(condition);
    boolean canFail = analysis.canFail(condition);
    if (canFail) {
      row.out().open("if (" + selected + ")").line("selection[k++] = i;").close();
    } else {
      row.line("selection[k] = i;");
      row.line("k += " + selected + " ? 1 : 0;");
    }
    RowLoop.write(out, "n", "j", row.statements(), canFail);
    kernel.add(out.line("return k;").close());
  }
}
