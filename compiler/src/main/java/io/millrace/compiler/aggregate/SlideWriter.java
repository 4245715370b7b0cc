package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.plan.AggregateCall;
import io.millrace.spi.state.StateType;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes how rows come, each behind those that leave for it, and what is sent for each: one loop
 * over rows without NULLs, with all arrays in variables. What is done with a row is in methods of
 * its own, to which these are given, so that each of them is compiled into the loop if it is small.
 *
 * <p>Names beside those of {@link RowUpdateWriter}: {@code w<c>} an argument's values in the rows
 * that leave, {@code o<k>} the results of an aggregate, {@code l} the row that leaves next.
 */
final class SlideWriter {
  private final RowUpdateWriter updates;

  /** The arrays that methods take: names with their types. */
  private final List<String> fields = new ArrayList<>();

  private final List<String> fieldTypes = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final List<String> valueTypes = new ArrayList<>();

  SlideWriter(Accumulators accumulators, RowUpdateWriter updates) {
    this.updates = updates;
    List<StateType> types = accumulators.fields();
    for (int i = 0; i < types.size(); i++) {
      fields.add("f" + i);
      fieldTypes.add(JavaTypes.element(AggregateWriter.layout(types.get(i))) + "[] f" + i);
    }
    updates
        .columns()
        .forEach(
            (column, layout) -> {
              values.add("v" + column);
              valueTypes.add(JavaTypes.element(layout) + "[] v" + column);
            });
    updates
        .declareOrder()
        .keySet()
        .forEach(
            name -> {
              values.add(name);
              valueTypes.add("long[] " + name);
            });
  }

  void write(
      List<AggregateCall> calls, List<AggregateTemplate.Result> results, List<CodeWriter> members) {
    members.add(writeLoop(calls));
    members.add(writeRemove());
    members.add(writeAdd());
    members.add(writeResults(calls, results));
  }

  private CodeWriter writeLoop(List<AggregateCall> calls) {
    CodeWriter out =
        new CodeWriter()
            .open(
                "public int slide(SlidingRows rows, int from, int to, int leftFrom, int at,"
                    + " RowErrors errors)")
            .line("final Column[] left = rows.left();")
            .line("final Column[] arguments = rows.arguments();");
    int count = updates.columns().isEmpty() ? 0 : updates.columns().lastKey() + 1;
    out.open(
            "if (SlidingRows.haveNulls(arguments, "
                + count
                + ") || SlidingRows.haveNulls(left, "
                + count
                + "))")
        .line("return rows.oneByOne(this, from, to, leftFrom, at, errors);")
        .close();
    declareArrays(out, calls);
    String sent = calls.isEmpty() ? "" : ", " + names("o", calls.size());
    return out.line("int l = leftFrom;")
        .open("for (int i = from; i < to; i++)")
        .line("final int end = leftEnds[i];")
        .open("for (; l < end; l++)")
        .line("slideOut(" + join("l, leftSlots[l]", leaving(), fields) + ");")
        .close()
        .line("final int g = slots[i];")
        .open("if (!slideIn(" + join("i, g, errors", values, fields) + "))")
        .line("return i;")
        .close()
        .line("slideResults(" + join("g, at + i - from, out" + sent, List.of(), fields) + ");")
        .close()
        .line("return to;")
        .close();
  }

  private void declareArrays(CodeWriter out, List<AggregateCall> calls) {
    updates.declareArguments(out);
    updates
        .columns()
        .forEach(
            (column, layout) ->
                out.line(
                    String.format(
                        "final %s[] w%d = ((%s) left[%d]).values();",
                        JavaTypes.element(layout), column, JavaTypes.column(layout), column)));
    updates
        .declareOrder()
        .forEach(
            (name, code) ->
                out.line(
                    "final long[] "
                        + ofLeaving(name)
                        + " = "
                        + code.replace("arguments", "left")
                        + ";"));
    out.line("final int[] slots = rows.slots();")
        .line("final int[] leftSlots = rows.leftSlots();")
        .line("final int[] leftEnds = rows.leftEnds();")
        .line("final Column[] out = rows.results();");
    for (int i = 0; i < fields.size(); i++) {
      out.line("final " + fieldTypes.get(i) + " = this.f" + i + ";");
    }
    for (int i = 0; i < calls.size(); i++) {
      String column = JavaTypes.column(calls.get(i).type().layout());
      out.line("final " + resultType(calls, i) + " = ((" + column + ") out[" + i + "]).values();");
    }
  }

  private static String resultType(List<AggregateCall> calls, int index) {
    return JavaTypes.element(calls.get(index).type().layout()) + "[] o" + index;
  }

  /** The values of the row that leaves. */
  private List<String> leaving() {
    return values.stream().map(SlideWriter::ofLeaving).toList();
  }

  private static String ofLeaving(String name) {
    return name.startsWith("v") ? "w" + name.substring(1) : name + "OfLeft";
  }

  private CodeWriter writeRemove() {
    CodeWriter out =
        new CodeWriter()
            .open("void slideOut(" + join("int i, int g", valueTypes, fieldTypes) + ")")
            .open("if (--f0[g] == 0L)")
            .line("reset(g);")
            .line("return;")
            .close();
    updates.writeRemovals(out, updates.inputs(), false);
    return out.close();
  }

  private CodeWriter writeAdd() {
    CodeWriter out =
        new CodeWriter()
            .open(
                "boolean slideIn("
                    + join("int i, int g, RowErrors errors", valueTypes, fieldTypes)
                    + ")");
    updates.declareValues(out, updates.inputs(), false);
    updates.writeChecks(out, updates.inputs(), false, "return false;");
    out.line("final boolean isFirst = f0[g]++ == 0L;");
    updates.writeUpdates(out, updates.inputs(), false, true);
    return out.line("return true;").close();
  }

  private CodeWriter writeResults(
      List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      sent.add(resultType(calls, i));
    }
    CodeWriter out =
        new CodeWriter()
            .open("void slideResults(" + join("int g, int at, Column[] out", sent, fieldTypes) + ")");
    for (int i = 0; i < calls.size(); i++) {
      AggregateTemplate.Result result = results.get(i);
      out.open("").append(result.before());
      String assignment = "o" + i + "[at] = " + result.value() + ";";
      if (result.isNull().equals("false")) {
        out.line(assignment);
      } else {
        out.open("if (" + result.isNull() + ")").line("out[" + i + "].setNull(at);");
        out.reopen("else").line(assignment).close();
      }
      out.close();
    }
    return out.close();
  }

  private static String names(String letter, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(letter + i);
    }
    return String.join(", ", names);
  }

  private static String join(String first, List<String> second, List<String> third) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(second);
    all.addAll(third);
    return String.join(", ", all);
  }
}
