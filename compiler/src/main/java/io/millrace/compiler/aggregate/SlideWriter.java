package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.state.StateType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes how rows come, each behind those that leave for it, and what is sent for each: one loop
 * over rows without NULLs, with all arrays in variables. Where one row takes the place of another
 * in its group, what the one leaves behind is in registers for the other.
 *
 * <p>Names beside those of {@link RowUpdateWriter}: {@code a<c>} and {@code w<c>} an argument's
 * values in the rows that come and in those that leave, {@code o<k>} the results of an aggregate,
 * {@code arriving} the row that comes, {@code leaving} the one that leaves next.
 */
final class SlideWriter {
  /** Of so many accumulators, inputs and results the loop is far below what is compiled at all. */
  private static final int MOST_IN_LOOP = 24;

  /** So many are written again, for rows that take the place of others. */
  private static final int MOST_REPEATED = 12;

  private static final Pattern FIELD = Pattern.compile("\\bf(\\d+)\\[g]");
  private static final String COME = "a";
  private static final String LEFT = "w";
  private static final String HEAD =
      "public int slide(SlidingRows rows, int from, int to, int leftFrom, int at,"
          + " RowErrors errors)";

  private final Accumulators accumulators;
  private final RowUpdateWriter updates;
  private final int size;

  /**
   * @param results how many results there are
   */
  SlideWriter(Accumulators accumulators, RowUpdateWriter updates, int results) {
    this.accumulators = accumulators;
    this.updates = updates;
    size =
        results
            + updates.inputs().stream().mapToInt(input -> 1 + accumulators.of(input).size()).sum();
  }

  /** Whether rows are worth a loop of their own. */
  boolean isWritten() {
    return accumulators.updates().isRetractable()
        && updates.isOfOneMethod()
        && size <= MOST_IN_LOOP;
  }

  CodeWriter write(List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    CodeWriter out = new CodeWriter().open(HEAD);
    out.line("final Column[] left = rows.left();")
        .line("final Column[] arguments = rows.arguments();");
    writeNullCheck(out);
    declareArrays(out, calls);
    out.line("int leaving = leftFrom;")
        .open("for (int arriving = from; arriving < to; arriving++)")
        .line("final int group = slots[arriving];")
        .line("final int leavingEnd = leftEnds[arriving];");
    if (size <= MOST_REPEATED) {
      // Mostly one row leaves for another: a loop would cost more than what is in it.
      out.open("if (leaving + 1 == leavingEnd && leftSlots[leaving] == group)");
      writeRemoval(out, "group");
      out.line("leaving++;");
      writeAddition(out);
      out.reopen("else if (leaving + 1 == leavingEnd)");
      writeRemoval(out, "leftSlots[leaving]");
      out.line("leaving++;");
      writeAddition(out);
      out.reopen("else");
    } else {
      out.open("");
    }
    out.open("for (; leaving < leavingEnd; leaving++)");
    writeRemoval(out, "leftSlots[leaving]");
    out.close();
    writeAddition(out);
    out.close();
    writeResults(out, calls, results);
    return out.close().line("return to;").close();
  }

  private void writeNullCheck(CodeWriter out) {
    int count = updates.columns().isEmpty() ? 0 : updates.columns().lastKey() + 1;
    String check = "SlidingRows.haveNulls(%s, " + count + ")";
    out.open(
            "if ("
                + String.format(Locale.ROOT, check, "arguments")
                + " || "
                + String.format(Locale.ROOT, check, "left")
                + ")")
        .line("return rows.oneByOne(this, from, to, leftFrom, at, errors);")
        .close();
  }

  private void declareArrays(CodeWriter out, List<AggregateCall> calls) {
    declareArguments(out, COME, "arguments");
    declareArguments(out, LEFT, "left");
    out.line("final int[] slots = rows.slots();")
        .line("final int[] leftSlots = rows.leftSlots();")
        .line("final int[] leftEnds = rows.leftEnds();")
        .line("final Column[] out = rows.results();");
    updates.declareFields(out);
    for (int i = 0; i < calls.size(); i++) {
      String element = JavaTypes.element(calls.get(i).type().layout());
      String column = JavaTypes.column(calls.get(i).type().layout());
      out.line("final " + element + "[] o" + i + " = ((" + column + ") out[" + i + "]).values();");
    }
  }

  private void declareArguments(CodeWriter out, String prefix, String source) {
    updates
        .columns()
        .forEach(
            (column, layout) ->
                out.line(
                    String.format(
                        Locale.ROOT,
                        "final %s[] %s%d = ((%s) %s[%d]).values();",
                        JavaTypes.element(layout),
                        prefix,
                        column,
                        JavaTypes.column(layout),
                        source,
                        column)));
    updates
        .declareOrder()
        .forEach(
            (name, code) ->
                out.line(
                    "final long[] "
                        + prefix
                        + name
                        + " = "
                        + code.replace("arguments", source)
                        + ";"));
  }

  /** Begins a block in which arguments are called as {@link RowUpdateWriter} does. */
  private void open(CodeWriter out, String prefix, String row, String slot) {
    out.open("").line("final int i = " + row + ";").line("final int g = " + slot + ";");
    updates
        .columns()
        .forEach(
            (column, layout) ->
                out.line(
                    "final "
                        + JavaTypes.element(layout)
                        + "[] v"
                        + column
                        + " = "
                        + prefix
                        + column
                        + ";"));
    updates
        .declareOrder()
        .keySet()
        .forEach(name -> out.line("final long[] " + name + " = " + prefix + name + ";"));
  }

  private void writeRemoval(CodeWriter out, String slot) {
    open(out, LEFT, "leaving", slot);
    out.open("if (--f0[g] == 0L)").line("reset(g);").reopen("else");
    updates.writeRemovals(out, updates.inputs(), false);
    out.close().close();
  }

  private void writeAddition(CodeWriter out) {
    open(out, COME, "arriving", "group");
    updates.declareValues(out, updates.inputs(), false);
    updates.writeChecks(out, updates.inputs(), false, "return arriving;");
    out.line("final boolean isFirst = f0[g]++ == 0L;");
    updates.writeUpdates(out, updates.inputs(), false, true);
    out.close();
  }

  /** Reads each field once, for writing a result might change it, as far as the compiler knows. */
  private void writeResults(
      CodeWriter out, List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    out.line("final int g = group;").line("final int sent = at + arriving - from;");
    List<StateType> fields = accumulators.fields();
    for (int i = 0; i < fields.size(); i++) {
      String element = JavaTypes.element(AggregateWriter.layout(fields.get(i)));
      out.line("final " + element + " r" + i + " = f" + i + "[g];");
    }
    for (int i = 0; i < calls.size(); i++) {
      AggregateTemplate.Result result = results.get(i);
      out.open("").append(result.before());
      String assignment = "o" + i + "[sent] = " + read(result.value()) + ";";
      if (result.isNull().equals("false")) {
        out.line(assignment);
      } else {
        out.open("if (" + read(result.isNull()) + ")").line("out[" + i + "].setNull(sent);");
        out.reopen("else").line(assignment).close();
      }
      out.close();
    }
  }

  private static String read(String code) {
    return FIELD.matcher(code).replaceAll("r$1");
  }
}
