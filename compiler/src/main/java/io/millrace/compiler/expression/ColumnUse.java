package io.millrace.compiler.expression;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.spi.types.Layout;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What expressions read of a batch: the arrays {@code v<i>} and null bits {@code n<i>} of column
 * {@code i}, {@code rowtimes} and {@code kinds}. They are variables of a loop's method and, where
 * methods share the work, also fields of the class under the same names.
 */
final class ColumnUse {
  private final SortedMap<Integer, Layout> columns = new TreeMap<>();
  private boolean rowtimes;
  private boolean kinds;

  static ColumnUse of(Collection<? extends RowExpression> expressions) {
    ColumnUse use = new ColumnUse();
    expressions.forEach(use::collect);
    return use;
  }

  private void collect(RowExpression root) {
    Deque<RowExpression> open = new ArrayDeque<>();
    open.push(root);
    while (!open.isEmpty()) {
      RowExpression expression = open.pop();
      if (expression instanceof ColumnReference column) {
        columns.put(column.index(), column.type().layout());
      } else if (expression instanceof RowtimeReference) {
        rowtimes = true;
      } else if (expression instanceof RowKindReference) {
        kinds = true;
      }
      expression.operands().forEach(open::push);
    }
  }

  boolean hasColumns() {
    return !columns.isEmpty();
  }

  /** A condition that no column that is read has a NULL in the batch. */
  String nothingIsNull() {
    return columns.keySet().stream()
        .map(index -> "batch.column(" + index + ").nulls() == null")
        .collect(Collectors.joining(" && "));
  }

  void declareFields(CodeWriter out) {
    columns.forEach(
        (index, layout) -> {
          out.line(JavaTypes.element(layout) + "[] v" + index + ";");
          if (layout != Layout.OBJECT) {
            out.line("long[] n" + index + ";");
          }
        });
    if (rowtimes) {
      out.line("long[] rowtimes;");
    }
    if (kinds) {
      out.line("byte[] kinds;");
    }
    out.line("boolean wasNull;");
  }

  /** Sets the fields. */
  void bindFields(CodeWriter out) {
    columns.forEach(
        (index, layout) -> {
          out.line("v" + index + " = " + values(index, layout) + ";");
          if (layout != Layout.OBJECT) {
            out.line("n" + index + " = batch.column(" + index + ").nulls();");
          }
        });
    if (rowtimes) {
      out.line("rowtimes = batch.rowtimes();");
    }
    if (kinds) {
      out.line("kinds = batch.kinds();");
    }
  }

  /** Declares the variables of a loop over {@code batch}. */
  void declareVariables(CodeWriter out, boolean nullable) {
    columns.forEach(
        (index, layout) -> {
          out.line(
              "final "
                  + JavaTypes.element(layout)
                  + "[] v"
                  + index
                  + " = "
                  + values(index, layout)
                  + ";");
          if (nullable && layout != Layout.OBJECT) {
            out.line("final long[] n" + index + " = batch.column(" + index + ").nulls();");
          }
        });
    if (rowtimes) {
      out.line("final long[] rowtimes = batch.rowtimes();");
    }
    if (kinds) {
      out.line("final byte[] kinds = batch.kinds();");
    }
  }

  private static String values(int index, Layout layout) {
    return "((" + JavaTypes.column(layout) + ") batch.column(" + index + ")).values()";
  }
}
