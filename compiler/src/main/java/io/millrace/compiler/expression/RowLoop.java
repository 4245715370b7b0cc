package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import java.util.List;

/** The loop over rows around the statements of one row {@code i}. */
final class RowLoop {
  private static final List<String> FAILURES = List.of("RowException", "ArithmeticException");

  private RowLoop() {}

  /**
   * A loop over {@code j} in {@code [0, bound)}.
   *
   * @param row the code of the row's index in the batch, from {@code j}
   * @param statements what is done for a row
   * @param canFail whether a row's failure is noted in {@code errors} and the loop goes on behind
   *     it
   */
  static void write(
      CodeWriter out, String bound, String row, CodeWriter statements, boolean canFail) {
    if (!canFail) {
      out.open("for (int j = 0; j < " + bound + "; j++)").line("final int i = " + row + ";");
      out.append(statements).close();
      return;
    }
    out.line("int j = 0;");
    out.open("while (j < " + bound + ")").open("try");
    out.open("for (; j < " + bound + "; j++)")
        .line("final int i = " + row + ";")
        .append(statements)
        .close();
    for (String failure : FAILURES) {
      out.reopen("catch (" + failure + " e)").line("errors.add(" + row + ", e);").line("j++;");
    }
    out.close().close();
  }

  /** The statements of one row, which return a boolean; if it fails, false is returned. */
  static void writeOne(CodeWriter out, CodeWriter statements, boolean canFail) {
    if (!canFail) {
      out.append(statements);
      return;
    }
    out.open("try").append(statements);
    for (String failure : FAILURES) {
      out.reopen("catch (" + failure + " e)").line("errors.add(i, e);").line("return false;");
    }
    out.close();
  }
}
