package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.Not;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is evaluated conditionally: AND, OR, CASE, COALESCE. A term's statements stand in a block
 * that runs only if the terms before it leave the result open; terms without statements are joined
 * with {@code &&} or, where jumping costs more than evaluating, {@code &}.
 */
final class Conditions {
  private static final int MOST_EAGER = 4;
  private final RowCode row;

  Conditions(RowCode row) {
    this.row = row;
  }

  String isTrue(RowExpression expression) {
    if (expression instanceof Not not) {
      return row.isFalse(not.operand());
    }
    if (expression instanceof Logical logical && !row.isKept(expression)) {
      if (!logical.isAnd() || isCertainAfterNull(logical)) {
        return junction(logical, logical.isAnd(), row::isTrue);
      }
    }
    return value(expression).isTrue();
  }

  String isFalse(RowExpression expression) {
    if (expression instanceof Not not) {
      return row.isTrue(not.operand());
    }
    if (expression instanceof Logical logical && !row.isKept(expression)) {
      if (logical.isAnd() || isCertainAfterNull(logical)) {
        return junction(logical, !logical.isAnd(), row::isFalse);
      }
    }
    return value(expression).isFalse();
  }

  private Fragment value(RowExpression expression) {
    return expression instanceof Logical logical && !row.isKept(expression)
        ? logical(logical)
        : row.value(expression);
  }

  /**
   * Whether a NULL term may end the evaluation like a deciding one, when it only matters whether
   * the result is decided: nothing that follows may fail, or no term is NULL.
   */
  private boolean isCertainAfterNull(Logical logical) {
    List<RowExpression> terms = logical.terms();
    return terms.stream().noneMatch(row::mayBeNull)
        || terms.stream().skip(1).noneMatch(row::canFail);
  }

  private String junction(
      Logical logical, boolean isAnd, Function<RowExpression, String> condition) {
    String flag = null;
    String inline = null;
    int eager = 0;
    for (RowExpression term : logical.terms()) {
      if (inline == null && flag == null) {
        inline = condition.apply(term);
        eager = row.isCheap(term) ? 1 : 0;
        continue;
      }
      RowCode.Captured<String> next = row.capture(() -> condition.apply(term));
      if (next.statements().isEmpty()) {
        boolean isEager = row.isCheap(term) && eager > 0 && eager < MOST_EAGER;
        eager = isEager ? eager + 1 : 0;
        inline = inline == null ? next.result() : join(inline, isAnd, isEager, next.result());
        continue;
      }
      flag = note(flag, inline, isAnd);
      inline = null;
      eager = 0;
      row.out().open("if (" + (isAnd ? flag : "!" + flag) + ")").append(next.statements());
      row.line(flag + " = " + next.result() + ";");
      row.out().close();
    }
    if (flag == null) {
      return inline == null ? "false" : inline;
    }
    return note(flag, inline, isAnd);
  }

  private static String join(String left, boolean isAnd, boolean isEager, String right) {
    String operator = isAnd ? "&&" : "||";
    return "(" + left + " " + (isEager ? operator.substring(1) : operator) + " " + right + ")";
  }

  /** Brings what was collected inline into the variable that holds the result so far. */
  private String note(@Nullable String flag, @Nullable String inline, boolean isAnd) {
    if (flag == null) {
      return row.declare("boolean", String.valueOf(inline));
    }
    if (inline != null) {
      row.line(flag + " = " + flag + (isAnd ? " && " : " || ") + inline + ";");
    }
    return flag;
  }

  /** AND or OR in three-valued logic: a variable for "certain", one for "some term was NULL". */
  Fragment logical(Logical logical) {
    if (!row.mayBeNull(logical)) {
      Fragment condition = Fragment.of(junction(logical, logical.isAnd(), row::isTrue), 1);
      return row.canFail(logical) ? row.bind(DataType.BOOLEAN, condition) : condition;
    }
    boolean isAnd = logical.isAnd();
    String certain = row.declare("boolean", "false");
    String unknown = row.declare("boolean", "false");
    boolean isFirst = true;
    for (RowExpression term : logical.terms()) {
      if (isFirst) {
        writeTerm(term, isAnd, certain, unknown);
        isFirst = false;
        continue;
      }
      RowCode.Captured<Boolean> next =
          row.capture(
              () -> {
                writeTerm(term, isAnd, certain, unknown);
                return true;
              });
      row.out().open("if (!" + certain + ")").append(next.statements()).close();
    }
    return new Fragment(
        isAnd ? "!" + certain : certain, "(" + unknown + " && !" + certain + ")", 1);
  }

  private void writeTerm(RowExpression term, boolean isAnd, String certain, String unknown) {
    Fragment value = row.value(term);
    if (value.isAlwaysNull()) {
      row.line(unknown + " = true;");
      return;
    }
    String decides = isAnd ? Fragment.negate(value.code()) : value.code();
    if (value.isNeverNull()) {
      row.line(certain + " = " + decides + ";");
      return;
    }
    row.out().open("if (" + value.isNull() + ")").line(unknown + " = true;");
    row.out().reopen("else").line(certain + " = " + decides + ";").close();
  }

  /** The variables that a conditional value is written into. */
  private record Target(DataType type, String value, String isNull) {}

  private Target target(RowExpression expression) {
    DataType type = expression.type();
    String value = row.declare(JavaTypes.of(type), JavaTypes.placeholder(type));
    boolean needsFlag = type.layout() != Layout.OBJECT && row.mayBeNull(expression);
    return new Target(type, value, needsFlag ? row.declare("boolean", "false") : "");
  }

  private Fragment read(Target target, boolean mayBeNull) {
    if (!mayBeNull) {
      return Fragment.of(target.value(), 0);
    }
    return new Fragment(
        target.value(),
        target.isNull().isEmpty() ? target.value() + " == null" : target.isNull(),
        0);
  }

  private void assign(Target target, Fragment fragment) {
    if (!target.isNull().isEmpty() && !fragment.isNeverNull()) {
      row.line(target.isNull() + " = " + fragment.isNull() + ";");
    }
    if (!fragment.isAlwaysNull()) {
      row.line(target.value() + " = " + fragment.code() + ";");
    }
  }

  Fragment choice(Case choice) {
    Target target = target(choice);
    int blocks = 0;
    for (Case.When when : choice.whens()) {
      if (blocks == 0) {
        row.out().open("if (" + row.isTrue(when.condition()) + ")");
        blocks = 1;
      } else {
        RowCode.Captured<String> next = row.capture(() -> row.isTrue(when.condition()));
        if (next.statements().isEmpty()) {
          row.out().reopen("else if (" + next.result() + ")");
        } else {
          row.out().reopen("else").append(next.statements()).open("if (" + next.result() + ")");
          blocks++;
        }
      }
      writeApart(() -> assign(target, row.value(when.result())));
    }
    row.out().reopen("else");
    writeApart(() -> assign(target, row.value(choice.otherwise())));
    for (int i = 0; i < blocks; i++) {
      row.out().close();
    }
    return read(target, row.mayBeNull(choice));
  }

  private void writeApart(Runnable writing) {
    RowCode.Captured<Boolean> block =
        row.capture(
            () -> {
              writing.run();
              return true;
            });
    row.out().append(block.statements());
  }

  Fragment coalesce(Coalesce coalesce) {
    Target target = target(coalesce);
    writeFirstOf(coalesce.values(), target);
    return read(target, row.mayBeNull(coalesce));
  }

  private void writeFirstOf(List<RowExpression> values, Target target) {
    Fragment first = row.bind(target.type(), row.value(values.get(0)));
    if (first.isNeverNull() || values.size() == 1) {
      assign(target, first);
      return;
    }
    List<RowExpression> rest = values.subList(1, values.size());
    if (first.isAlwaysNull()) {
      writeFirstOf(rest, target);
      return;
    }
    row.out().open("if (" + Fragment.negate(first.isNull()) + ")");
    row.line(target.value() + " = " + first.code() + ";");
    row.out().reopen("else");
    writeApart(() -> writeFirstOf(rest, target));
    row.out().close();
  }
}
