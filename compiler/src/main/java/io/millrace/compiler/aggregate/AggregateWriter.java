package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.compiler.code.MethodSplitter;
import io.millrace.language.plan.AggregateCall;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.CheckingKernel;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;

/** Writes the class of an aggregate kernel around the accumulators and results. */
final class AggregateWriter {
  private static final int MOST_STATEMENTS = 150;

  private final Accumulators accumulators;
  private final ConstantPool constants;
  private final List<CodeWriter> members = new ArrayList<>();

  AggregateWriter(Accumulators accumulators) {
    this.accumulators = accumulators;
    this.constants = accumulators.constants();
  }

  KernelSource<? extends AggregateKernel> write(
      List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    writeFields();
    RowUpdateWriter updates = new RowUpdateWriter(accumulators, constants, members);
    updates.write();
    SlideWriter slide = new SlideWriter(accumulators, updates, calls.size());
    if (slide.isWritten()) {
      slide.write(calls, results, members);
    }
    boolean isMerging = accumulators.updates().isMerging();
    if (isMerging) {
      new MergeWriter(accumulators, constants).write(members);
    }
    writeResults(calls, results);
    writeReset();
    StringBuilder body = new StringBuilder();
    members.forEach(member -> body.append(body.isEmpty() ? "" : "\n").append(member));
    if (isMerging) {
      return source(MergingKernel.class, body.toString());
    }
    return accumulators.updates() == Updates.ADD_TO_SEVERAL
        ? source(CheckingKernel.class, body.toString())
        : source(AggregateKernel.class, body.toString());
  }

  private <T extends AggregateKernel> KernelSource<T> source(Class<T> type, String body) {
    return new KernelSource<>(type, body, constants.types(), constants.values());
  }

  /** How a field lies in its column. */
  static Layout layout(StateType field) {
    return field.type() == null ? Layout.OBJECT : field.type().layout();
  }

  private void writeFields() {
    CodeWriter out = new CodeWriter().line("SlotTable bound;").line("int generation;");
    List<String> bindings = new ArrayList<>();
    List<StateType> fields = accumulators.fields();
    for (int i = 0; i < fields.size(); i++) {
      Layout layout = layout(fields.get(i));
      out.line(JavaTypes.element(layout) + "[] f" + i + ";");
      bindings.add(
          "f" + i + " = ((" + JavaTypes.column(layout) + ") table.field(" + i + ")).values();");
    }
    members.add(out);
    members.add(
        new CodeWriter()
            .open("public void bind(SlotTable table)")
            .open("if (table != bound || table.generation() != generation)")
            .line("bound = table;")
            .line("generation = table.generation();")
            .line("bindFields(table);")
            .close()
            .close());
    writeMethod("void bindFields", "(SlotTable table)", "(table)", bindings);
  }

  private void writeMethod(
      String head, String parameters, String arguments, List<String> statements) {
    String name = head.substring(head.lastIndexOf(' ') + 1);
    CodeWriter method = new CodeWriter().open(head + parameters);
    MethodSplitter.split(statements, MOST_STATEMENTS, name, parameters, arguments, members::add)
        .forEach(method::line);
    members.add(method.close());
  }

  private void writeResults(List<AggregateCall> calls, List<AggregateTemplate.Result> results) {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      statements.add("result" + i + "(slots, from, to, out, at);");
    }
    String parameters = "(int[] slots, int from, int to, Column[] out, int at)";
    writeMethod("public void results", parameters, "(slots, from, to, out, at)", statements);
    for (int i = 0; i < calls.size(); i++) {
      writeResult("result" + i + parameters, i, calls.get(i), results.get(i));
    }
  }

  private void writeResult(
      String head, int index, AggregateCall call, AggregateTemplate.Result result) {
    Layout layout = call.type().layout();
    CodeWriter out = new CodeWriter().open("void " + head);
    String values = "((" + JavaTypes.column(layout) + ") out[" + index + "]).values()";
    out.line("final " + JavaTypes.element(layout) + "[] o = " + values + ";");
    out.open("for (int j = from; j < to; j++)").line("final int g = slots[j];");
    out.append(result.before());
    String assignment = "o[at + j - from] = " + result.value() + ";";
    if (result.isNull().equals("false")) {
      out.line(assignment);
    } else {
      out.open("if (" + result.isNull() + ")").line("out[" + index + "].setNull(at + j - from);");
      out.reopen("else").line(assignment).close();
    }
    members.add(out.close().close());
  }

  private void writeReset() {
    writeMethod("public void reset", "(int g)", "(g)", zeros(accumulators));
  }

  /** The statements that make a group one without rows. */
  static List<String> zeros(Accumulators accumulators) {
    List<String> statements = new ArrayList<>();
    List<StateType> fields = accumulators.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (accumulators.isLasting(i)) {
        continue;
      }
      String zero =
          switch (layout(fields.get(i))) {
            case BOOLEAN -> "false";
            case LONG -> "0L";
            case DOUBLE -> "0.0";
            case OBJECT -> "null";
          };
      statements.add("f" + i + "[g] = " + zero + ";");
    }
    return statements;
  }
}
