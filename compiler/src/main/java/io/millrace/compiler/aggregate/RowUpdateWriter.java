package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes how rows come and go. A row first passes all checks, then goes into all accumulators. A
 * few accumulators are updated in one loop, with all arrays in variables; many are spread over
 * methods, which find the arrays in fields of the same names.
 *
 * <p>Names: {@code i} is the row, {@code g} its group's slot, {@code f<k>} a field's array, {@code
 * v<c>} and {@code n<c>} an argument's values and null bits, {@code x<c>} its value in the row,
 * {@code times} and {@code causes} the rows' times and causes.
 */
final class RowUpdateWriter {
  private static final int MOST_IN_ONE_METHOD = 24;
  private static final String ADD =
      "(Column[] arguments, int from, int to, int[] slots, RowErrors errors)";

  private static final List<AggregateInput.Argument> NONE = List.of();

  private final Accumulators accumulators;
  private final ConstantPool constants;
  private final List<CodeWriter> members;
  private final SortedMap<Integer, Layout> columns = new TreeMap<>();
  private final List<List<AggregateInput>> parts;

  RowUpdateWriter(Accumulators accumulators, ConstantPool constants, List<CodeWriter> members) {
    this.accumulators = accumulators;
    this.constants = constants;
    this.members = members;
    for (AggregateInput input : accumulators.inputs()) {
      for (AggregateInput.Argument argument : input.arguments()) {
        columns.put(argument.column(), argument.layout());
      }
      if (input.filter() >= 0) {
        columns.put(input.filter(), Layout.BOOLEAN);
      }
    }
    parts = parts();
  }

  /** The inputs in parts of a size that fits one method. */
  private List<List<AggregateInput>> parts() {
    List<List<AggregateInput>> result = new ArrayList<>();
    int size = 0;
    for (AggregateInput input : accumulators.inputs()) {
      int own = 1 + accumulators.of(input).size();
      if (result.isEmpty() || size + own > MOST_IN_ONE_METHOD) {
        result.add(new ArrayList<>());
        size = 0;
      }
      result.get(result.size() - 1).add(input);
      size += own;
    }
    return result;
  }

  /** The columns that the inputs read, with their layouts. */
  SortedMap<Integer, Layout> columns() {
    return columns;
  }

  /** Whether one method deals with all accumulators, with all arrays in variables. */
  boolean isOfOneMethod() {
    return parts.size() <= 1;
  }

  /** The inputs that one method deals with. */
  List<AggregateInput> inputs() {
    return parts.isEmpty() ? List.of() : parts.get(0);
  }

  void write() {
    CodeWriter add = new CodeWriter().open("public void add" + ADD);
    if (!columns.isEmpty()) {
      List<String> conditions = new ArrayList<>();
      columns
          .keySet()
          .forEach(column -> conditions.add("arguments[" + column + "].nulls() == null"));
      add.open("if (" + String.join(" && ", conditions) + ")");
      add.line("addPresent(arguments, from, to, slots, errors);");
      add.reopen("else").line("addNullable(arguments, from, to, slots, errors);").close();
    } else {
      add.line("addPresent(arguments, from, to, slots, errors);");
    }
    members.add(add.close());
    if (parts.size() > 1) {
      writeArgumentFields();
    }
    writeTriedFields();
    writeAdd("addPresent", false);
    if (!columns.isEmpty()) {
      writeAdd("addNullable", true);
    }
    writeRemove();
    writeAddBack();
    if (accumulators.updates() == Updates.ADD_TO_SEVERAL) {
      new AcceptanceWriter(this, parts, columns.isEmpty() ? "addPresent" : "addNullable")
          .write(members);
    }
  }

  /** What accumulators will be with the row that is checked. */
  private void writeTriedFields() {
    CodeWriter fields = new CodeWriter();
    for (AggregateInput input : accumulators.inputs()) {
      for (Accumulator accumulator : accumulators.of(input)) {
        if (accumulator instanceof TriedAccumulator) {
          code(fields, accumulator, false, "").write("Object $tried;");
        }
      }
    }
    if (!fields.isEmpty()) {
      members.add(fields);
    }
  }

  private void writeArgumentFields() {
    CodeWriter fields = new CodeWriter();
    columns.forEach(
        (column, layout) -> fields.line(JavaTypes.element(layout) + "[] v" + column + ";"));
    columns.keySet().forEach(column -> fields.line("long[] n" + column + ";"));
    declareOrder().forEach((name, values) -> fields.line("long[] " + name + ";"));
    members.add(fields);
    CodeWriter take = new CodeWriter().open("void take(Column[] arguments)");
    columns.forEach(
        (column, layout) -> take.line("v" + column + " = " + values(column, layout) + ";"));
    columns
        .keySet()
        .forEach(column -> take.line("n" + column + " = arguments[" + column + "].nulls();"));
    declareOrder().forEach((name, values) -> take.line(name + " = " + values + ";"));
    members.add(take.close());
  }

  /** The arrays that say in which order rows go, and where they come from. */
  Map<String, String> declareOrder() {
    if (accumulators.updates() == Updates.RETRACT_BY_TIME) {
      return Map.of("times", orderColumn(1));
    }
    return accumulators.isOrdered()
        ? new TreeMap<>(Map.of("times", orderColumn(2), "causes", orderColumn(1)))
        : Map.of();
  }

  private static String orderColumn(int fromBehind) {
    return "((LongColumn) arguments[arguments.length - " + fromBehind + "]).values()";
  }

  private static String values(int column, Layout layout) {
    return "((" + JavaTypes.column(layout) + ") arguments[" + column + "]).values()";
  }

  void declareArguments(CodeWriter out) {
    columns.forEach(
        (column, layout) -> {
          out.line(
              "final "
                  + JavaTypes.element(layout)
                  + "[] v"
                  + column
                  + " = "
                  + values(column, layout)
                  + ";");
          out.line("final long[] n" + column + " = arguments[" + column + "].nulls();");
        });
    declareOrder()
        .forEach((name, values) -> out.line("final long[] " + name + " = " + values + ";"));
  }

  /** Takes the arrays of all fields to variables. */
  void declareFields(CodeWriter out) {
    List<StateType> fields = accumulators.fields();
    for (int i = 0; i < fields.size(); i++) {
      String element = JavaTypes.element(AggregateWriter.layout(fields.get(i)));
      out.line("final " + element + "[] f" + i + " = this.f" + i + ";");
    }
  }

  private void writeAdd(String name, boolean nullable) {
    CodeWriter out = new CodeWriter().open("void " + name + ADD);
    if (parts.size() > 1) {
      out.line("take(arguments);");
      out.line("final long[] f0 = this.f0;");
    } else {
      declareArguments(out);
      declareFields(out);
    }
    out.open("for (int i = from; i < to; i++)").line("final int g = slots[i];");
    if (parts.size() > 1) {
      writePartCalls(out, name, nullable);
    } else {
      for (List<AggregateInput> part : parts) {
        declareValues(out, part, nullable);
        writeChecks(out, part, nullable, "continue;");
      }
      out.line("final boolean isFirst = f0[g]++ == 0L;");
      for (List<AggregateInput> part : parts) {
        writeUpdates(out, part, nullable, true);
      }
    }
    members.add(out.close().close());
  }

  private void writePartCalls(CodeWriter out, String name, boolean nullable) {
    List<String> refused = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      refused.add("!" + name + "Check" + p + "(i, g, errors)");
      CodeWriter check =
          new CodeWriter()
              .open("boolean " + name + "Check" + p + "(int i, int g, RowErrors errors)");
      declareValues(check, parts.get(p), nullable);
      writeChecks(check, parts.get(p), nullable, "return false;");
      members.add(check.line("return true;").close());
      CodeWriter update =
          new CodeWriter().open("void " + name + "Update" + p + "(int i, int g, boolean isFirst)");
      declareValues(update, parts.get(p), nullable);
      writeUpdates(update, parts.get(p), nullable, true);
      members.add(update.close());
    }
    for (String condition : refused) {
      out.open("if (" + condition + ")").line("continue;").close();
    }
    out.line("final boolean isFirst = f0[g]++ == 0L;");
    for (int p = 0; p < parts.size(); p++) {
      out.line(name + "Update" + p + "(i, g, isFirst);");
    }
  }

  /** The row's value of each column, and for each input whether there is one. */
  void declareValues(CodeWriter out, List<AggregateInput> part, boolean nullable) {
    SortedMap<Integer, String> values = new TreeMap<>();
    for (AggregateInput input : part) {
      boolean isRead = input.isDistinct() || !accumulators.of(input).isEmpty();
      for (AggregateInput.Argument argument : isRead ? input.arguments() : NONE) {
        String type = JavaTypes.of(argument.type());
        String cast = argument.layout() == Layout.OBJECT ? "(" + type + ") " : "";
        int column = argument.column();
        values.put(column, "final " + type + " x" + column + " = " + cast + "v" + column + "[i];");
      }
    }
    values.values().forEach(out::line);
    for (AggregateInput input : part) {
      String present = present(input, nullable);
      if (!present.isEmpty()) {
        out.line("final boolean " + presence(input) + " = " + present + ";");
      }
    }
  }

  private String presence(AggregateInput input) {
    return "p" + accumulators.missingField(input);
  }

  /** A condition that the row has a value; empty if it always has. */
  private static String present(AggregateInput input, boolean nullable) {
    List<String> conditions = new ArrayList<>();
    if (input.filter() >= 0) {
      if (nullable) {
        conditions.add(notNull(input.filter()));
      }
      conditions.add("v" + input.filter() + "[i]");
    }
    if (nullable) {
      input.arguments().stream()
          .filter(argument -> !argument.takesNull())
          .forEach(argument -> conditions.add(notNull(argument.column())));
    }
    return String.join(" && ", conditions);
  }

  /** A condition that a column of the row is NULL. */
  static String isNull(int column) {
    return "!" + notNull(column);
  }

  private static String notNull(int column) {
    return "(n" + column + " == null || (n" + column + "[i >>> 6] >>> i & 1L) == 0L)";
  }

  void writeChecks(CodeWriter out, List<AggregateInput> part, boolean nullable, String refusal) {
    for (AggregateInput input : part) {
      CodeWriter checks = new CodeWriter();
      for (Accumulator accumulator : accumulators.of(input)) {
        accumulator.check(code(checks, accumulator, nullable, refusal));
      }
      if (!checks.isEmpty()) {
        List<String> conditions = new ArrayList<>();
        if (!present(input, nullable).isEmpty()) {
          conditions.add(presence(input));
        }
        if (input.isDistinct()) {
          String values = "(DistinctValues) f" + accumulators.distinctField(input) + "[g]";
          conditions.add("DistinctValues.isNew(" + values + ", " + boxedValue(input) + ")");
        }
        String condition = String.join(" && ", conditions);
        out.open(condition.isEmpty() ? "" : "if (" + condition + ")").append(checks).close();
      }
    }
  }

  private AccumulatorCode code(
      CodeWriter out, Accumulator accumulator, boolean nullable, String refusal) {
    return new AccumulatorCode(
        out, constants, accumulator, accumulators.firstField(accumulator), nullable, refusal);
  }

  /**
   * @param isChecked whether the checks of the row have come before
   */
  void writeUpdates(
      CodeWriter out, List<AggregateInput> part, boolean nullable, boolean isChecked) {
    CodeWriter beginnings = new CodeWriter();
    for (AggregateInput input : part) {
      if (input.isDistinct()) {
        beginnings.line("f" + accumulators.distinctField(input) + "[g] = new DistinctValues();");
      }
      for (Accumulator accumulator : accumulators.of(input)) {
        accumulator.begin(code(beginnings, accumulator, nullable, ""));
      }
    }
    if (!beginnings.isEmpty()) {
      out.open("if (isFirst)").append(beginnings).close();
    }
    for (AggregateInput input : part) {
      CodeWriter updates = new CodeWriter();
      for (Accumulator accumulator : accumulators.of(input)) {
        AccumulatorCode code = code(updates, accumulator, nullable, "");
        if (isChecked && accumulator instanceof TriedAccumulator tried) {
          tried.take(code);
        } else {
          accumulator.add(code);
        }
      }
      writeWherePresent(out, input, nullable, distinct(input, updates, "add", "++"), "++");
    }
  }

  /** The row's value of an input of one argument as an object. */
  private static String boxedValue(AggregateInput input) {
    return JavaTypes.box(input.type(), "x" + input.arguments().get(0).column());
  }

  /** Updates of a distinct input: only the first of equal values comes, only the last one goes. */
  private CodeWriter distinct(
      AggregateInput input, CodeWriter updates, String change, String missingStep) {
    if (!input.isDistinct()) {
      return updates;
    }
    String changed =
        String.format(
            Locale.ROOT,
            "((DistinctValues) f%d[g]).%s(%s)",
            accumulators.distinctField(input),
            change,
            boxedValue(input));
    String missing = "f" + accumulators.missingField(input) + "[g]" + missingStep + ";";
    CodeWriter out = new CodeWriter();
    return updates.isEmpty()
        ? out.open("if (!" + changed + ")").line(missing).close()
        : out.open("if (" + changed + ")").append(updates).reopen("else").line(missing).close();
  }

  private void writeWherePresent(
      CodeWriter out,
      AggregateInput input,
      boolean nullable,
      CodeWriter updates,
      String missingStep) {
    if (present(input, nullable).isEmpty()) {
      out.append(updates);
      return;
    }
    String missing = "f" + accumulators.missingField(input) + "[g]" + missingStep + ";";
    if (updates.isEmpty()) {
      out.open("if (!" + presence(input) + ")").line(missing).close();
    } else {
      out.open("if (" + presence(input) + ")").append(updates).reopen("else").line(missing).close();
    }
  }

  private void writeRemove() {
    CodeWriter out = new CodeWriter().open("public void remove(Column[] arguments, int i, int g)");
    if (accumulators.updates().isRetractable()) {
      out.open("if (--f0[g] == 0L)").line("reset(g);").line("return;").close();
      if (parts.size() > 1) {
        out.line("take(arguments);");
        for (int p = 0; p < parts.size(); p++) {
          CodeWriter part = new CodeWriter().open("void removePart" + p + "(int i, int g)");
          writeRemovals(part, parts.get(p), true);
          members.add(part.close());
          out.line("removePart" + p + "(i, g);");
        }
      } else if (!parts.isEmpty()) {
        declareArguments(out);
        writeRemovals(out, parts.get(0), true);
      }
    } else {
      out.line("throw new IllegalStateException(\"these aggregates take no rows back\");");
    }
    members.add(out.close());
  }

  /** As {@code add} of one row, without the checks. */
  private void writeAddBack() {
    CodeWriter out = new CodeWriter().open("public void addBack(Column[] arguments, int i, int g)");
    if (!accumulators.updates().isRetractable()) {
      out.line("throw new IllegalStateException(\"these aggregates take no rows back\");");
    } else if (parts.size() > 1) {
      out.line("take(arguments);").line("final boolean isFirst = f0[g]++ == 0L;");
      for (int p = 0; p < parts.size(); p++) {
        CodeWriter part =
            new CodeWriter().open("void addBackPart" + p + "(int i, int g, boolean isFirst)");
        declareValues(part, parts.get(p), true);
        writeUpdates(part, parts.get(p), true, false);
        members.add(part.close());
        out.line("addBackPart" + p + "(i, g, isFirst);");
      }
    } else {
      declareArguments(out);
      out.line("final boolean isFirst = f0[g]++ == 0L;");
      for (List<AggregateInput> part : parts) {
        declareValues(out, part, true);
        writeUpdates(out, part, true, false);
      }
    }
    members.add(out.close());
  }

  /** Takes the row's values out of the accumulators. */
  void writeRemovals(CodeWriter out, List<AggregateInput> part, boolean nullable) {
    declareValues(out, part, nullable);
    for (AggregateInput input : part) {
      CodeWriter updates = new CodeWriter();
      for (Accumulator accumulator : accumulators.of(input)) {
        accumulator.remove(code(updates, accumulator, nullable, ""));
      }
      writeWherePresent(out, input, nullable, distinct(input, updates, "remove", "--"), "--");
    }
  }
}
