package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;
import io.millrace.compiler.code.JavaTypes;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes how groups become one. Names: {@code s} is the slot of the group that is added, {@code
 * s<k>} its table's array of field {@code k}, {@code g} and {@code f<k>} those of the group to
 * which it is added.
 */
final class MergeWriter {
  private static final int MOST_IN_ONE_METHOD = 24;
  private static final String PARAMETERS =
      "(SlotTable source, int[] sources, int[] slots, int count)";
  private static final String LOOP = "for (int i = 0; i < count; i++)";

  private final Accumulators accumulators;
  private final ConstantPool constants;

  MergeWriter(Accumulators accumulators, ConstantPool constants) {
    this.accumulators = accumulators;
    this.constants = constants;
  }

  void write(List<CodeWriter> members) {
    CodeWriter merge = new CodeWriter().open("public void merge" + PARAMETERS);
    List<AggregateInput> part = new ArrayList<>();
    int parts = 0;
    int size = 0;
    for (AggregateInput input : accumulators.inputs()) {
      part.add(input);
      size += 1 + accumulators.of(input).size();
      if (size >= MOST_IN_ONE_METHOD) {
        merge.line("merge" + parts + "(source, sources, slots, count);");
        members.add(part("merge" + parts++, part));
        part.clear();
        size = 0;
      }
    }
    if (!part.isEmpty()) {
      merge.line("merge" + parts + "(source, sources, slots, count);");
      members.add(part("merge" + parts, part));
    }
    takeSource(merge, 0);
    merge.open(LOOP).line("f0[slots[i]] += s0[sources[i]];").close();
    members.add(merge.close());
  }

  private void takeSource(CodeWriter out, int field) {
    Layout layout = AggregateWriter.layout(accumulators.fields().get(field));
    String array = "((" + JavaTypes.column(layout) + ") source.field(" + field + ")).values();";
    out.line("final " + JavaTypes.element(layout) + "[] s" + field + " = " + array);
  }

  private CodeWriter part(String name, List<AggregateInput> inputs) {
    CodeWriter out = new CodeWriter().open("void " + name + PARAMETERS);
    CodeWriter beginnings = new CodeWriter();
    CodeWriter merges = new CodeWriter();
    for (AggregateInput input : inputs) {
      int missing = accumulators.missingField(input);
      if (missing >= 0) {
        takeSource(out, missing);
        merges.line("f" + missing + "[g] += s" + missing + "[s];");
      }
      if (input.isDistinct()) {
        mergeDistinct(input, out, beginnings, merges);
        continue;
      }
      for (Accumulator accumulator : accumulators.of(input)) {
        int first = accumulators.firstField(accumulator);
        List<StateType> fields = accumulator.fields();
        for (int i = 0; i < fields.size(); i++) {
          takeSource(out, first + i);
        }
        accumulator.begin(code(beginnings, accumulator));
        accumulator.merge(code(merges, accumulator));
      }
    }
    out.open(LOOP).line("final int s = sources[i];").line("final int g = slots[i];");
    if (!beginnings.isEmpty()) {
      out.open("if (f0[g] == 0L)").append(beginnings).close();
    }
    return out.append(merges).close().close();
  }

  /** Values that are there in both groups are one: only the others are added, one by one. */
  private void mergeDistinct(
      AggregateInput input, CodeWriter out, CodeWriter beginnings, CodeWriter merges) {
    int field = accumulators.distinctField(input);
    takeSource(out, field);
    beginnings.line("f" + field + "[g] = new DistinctValues();");
    String from = "((DistinctValues) s" + field + "[s])";
    String added = "d" + field;
    String merged = "((DistinctValues) f" + field + "[g]).addAll(" + from + ");";
    String missing = "f" + accumulators.missingField(input) + "[g]";
    merges
        .line("final Object[] " + added + " = " + merged)
        .line(missing + " += " + from + ".size() - " + added + ".length;");
    CodeWriter additions = new CodeWriter();
    for (Accumulator accumulator : accumulators.of(input)) {
      accumulator.begin(code(beginnings, accumulator));
      accumulator.add(code(additions, accumulator));
    }
    if (!additions.isEmpty()) {
      String variable = JavaTypes.of(input.type()) + " x" + input.arguments().get(0).column();
      merges
          .open("for (int j = 0; j < " + added + ".length; j++)")
          .line("final " + variable + " = " + JavaTypes.unbox(input.type(), added + "[j]") + ";")
          .append(additions)
          .close();
    }
  }

  private AccumulatorCode code(CodeWriter out, Accumulator accumulator) {
    int first = accumulators.firstField(accumulator);
    return new AccumulatorCode(out, constants, accumulator, first, false, "");
  }
}
