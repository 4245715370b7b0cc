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
 * in its group, what the one leaves behind is in registers for the other. Rows that are all of one
 * group have a loop in which its fields are in variables, too.
 *
 * <p>Names beside those of {@link RowUpdateWriter}: {@code a<c>} and {@code w<c>} an argument's
 * values in the rows that come and in those that leave, {@code o<k>} the results of an aggregate,
 * {@code r<k>} a field of the group, {@code arriving} the row that comes, {@code leaving} the one
 * that leaves next.
 */
final class SlideWriter {
  /** Of so many accumulators, inputs and results the loop is far below what is compiled at all. */
  private static final int MOST_IN_LOOP = 24;

  /** So many are written again, for rows that take the place of others. */
  private static final int MOST_REPEATED = 12;

  private static final Pattern FIELD = Pattern.compile("\\bf(\\d+)\\[g]");
  private static final String COME = "a";
  private static final String LEFT = "w";
  private static final String PARAMETERS =
      "(SlidingRows rows, int from, int to, int leftFrom, int at, RowErrors errors)";

  private static final String ARGUMENTS = "(rows, from, to, leftFrom, at, errors)";

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

  void write(
      List<AggregateCall> calls, List<AggregateTemplate.Result> results, List<CodeWriter> members) {
    members.add(ofSeveralGroups(calls, results));
    members.add(ofOneGroup(calls, results));
  }

  private CodeWriter ofSeveralGroups(
      List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    CodeWriter out = new CodeWriter().open("public int slide" + PARAMETERS);
    declareColumns(out);
    writeNullCheck(out);
    out.open("if (rows.areOfOneGroup(from, to, leftFrom))")
        .line("return slideInOne" + ARGUMENTS + ";")
        .close();
    declareArrays(out, calls);
    out.line("int leaving = leftFrom;")
        .open("for (int arriving = from; arriving < to; arriving++)")
        .line("final int group = slots[arriving];");
    Loop loop = new Loop("leftSlots[leaving]", List.of("reset(g);"), "return arriving;");
    writeRows(out, loop, "leaving + 1 == leavingEnd && leftSlots[leaving] == group");
    readFields(out, "final ");
    writeResults(out, calls, results);
    return out.close().line("return to;").close();
  }

  private CodeWriter ofOneGroup(List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    CodeWriter rows = new CodeWriter();
    Loop loop = new Loop("group", AggregateWriter.zeros(accumulators), "break run;");
    writeRows(rows, loop, "leaving + 1 == leavingEnd");
    writeResults(rows, calls, results);

    CodeWriter out = new CodeWriter().open("int slideInOne" + PARAMETERS);
    declareColumns(out);
    declareArrays(out, calls);
    out.line("final int group = slots[from];")
        .line("int arriving = from;")
        .line("int leaving = leftFrom;");
    readFields(out, "");
    out.line("run:")
        .open("for (; arriving < to; arriving++)")
        .append(rows.with(SlideWriter::inVariables))
        .close();
    for (int i = 0; i < accumulators.fields().size(); i++) {
      out.line("f" + i + "[group] = r" + i + ";");
    }
    return out.line("return arriving;").close();
  }

  /**
   * What differs between the loops.
   *
   * @param leftSlot the slot of the row that leaves next
   * @param emptied what happens when a group's last row leaves
   * @param refusal the statement that ends the run before a row
   */
  private record Loop(String leftSlot, List<String> emptied, String refusal) {}

  /**
   * Writes how a row comes behind those that leave for it.
   *
   * @param isSwap a condition that one row leaves, of the same group
   */
  private void writeRows(CodeWriter out, Loop loop, String isSwap) {
    out.line("final int leavingEnd = leftEnds[arriving];");
    if (size <= MOST_REPEATED) {
      // Mostly one row leaves for another: a loop would cost more than what is in it.
      out.open("if (" + isSwap + ")");
      writeRemoval(out, loop, "group");
      out.line("leaving++;");
      writeAddition(out, loop);
      if (!loop.leftSlot().equals("group")) {
        out.reopen("else if (leaving + 1 == leavingEnd)");
        writeRemoval(out, loop, loop.leftSlot());
        out.line("leaving++;");
        writeAddition(out, loop);
      }
      out.reopen("else");
    } else {
      out.open("");
    }
    out.open("for (; leaving < leavingEnd; leaving++)");
    writeRemoval(out, loop, loop.leftSlot());
    out.close();
    writeAddition(out, loop);
    out.close();
  }

  private static void declareColumns(CodeWriter out) {
    out.line("final Column[] left = rows.left();")
        .line("final Column[] arguments = rows.arguments();");
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

  private void writeRemoval(CodeWriter out, Loop loop, String slot) {
    open(out, LEFT, "leaving", slot);
    out.open("if (--f0[g] == 0L)");
    loop.emptied().forEach(out::line);
    out.reopen("else");
    updates.writeRemovals(out, updates.inputs(), false);
    out.close().close();
  }

  private void writeAddition(CodeWriter out, Loop loop) {
    open(out, COME, "arriving", "group");
    updates.declareValues(out, updates.inputs(), false);
    updates.writeChecks(out, updates.inputs(), false, loop.refusal());
    out.line("final boolean isFirst = f0[g]++ == 0L;");
    updates.writeUpdates(out, updates.inputs(), false, true);
    out.close();
  }

  /** Takes the fields of a group to variables. */
  private void readFields(CodeWriter out, String modifier) {
    List<StateType> fields = accumulators.fields();
    for (int i = 0; i < fields.size(); i++) {
      String element = JavaTypes.element(AggregateWriter.layout(fields.get(i)));
      out.line(modifier + element + " r" + i + " = f" + i + "[group];");
    }
  }

  private static String inVariables(String code) {
    return FIELD.matcher(code).replaceAll("r$1");
  }

  /**
   * Of fields in variables, for writing one result might change an array of which another is made.
   */
  private static void writeResults(
      CodeWriter out, List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    out.line("final int sent = at + arriving - from;");
    for (int i = 0; i < calls.size(); i++) {
      AggregateTemplate.Result result = results.get(i);
      out.open("").append(result.before().with(SlideWriter::inVariables));
      String assignment = "o" + i + "[sent] = " + inVariables(result.value()) + ";";
      if (result.isNull().equals("false")) {
        out.line(assignment);
      } else {
        out.open("if (" + inVariables(result.isNull()) + ")").line("out[" + i + "].setNull(sent);");
        out.reopen("else").line(assignment).close();
      }
      out.close();
    }
  }
}
