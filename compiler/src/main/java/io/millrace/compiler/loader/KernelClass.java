package io.millrace.compiler.loader;

import io.millrace.operators.kernel.KernelSource;
import java.util.List;

/**
 * The whole Java class of a kernel: imports, a field per constant, a constructor that sets them,
 * and the kernel's members. Its name is always the same, since each class has a loader of its own.
 */
public final class KernelClass {
  static final String PACKAGE = "io.millrace.generated";

  private static final List<String> IMPORTS =
      List.of(
          "io.millrace.operators.aggregate.DecimalSums",
          "io.millrace.operators.aggregate.DistinctEstimate",
          "io.millrace.operators.aggregate.DistinctValues",
          "io.millrace.operators.aggregate.DoubleSums",
          "io.millrace.operators.aggregate.ExactNumber",
          "io.millrace.operators.aggregate.ExactSum",
          "io.millrace.operators.aggregate.ExtremeDoubles",
          "io.millrace.operators.aggregate.Moments",
          "io.millrace.operators.aggregate.MonotonicDeque",
          "io.millrace.operators.aggregate.Occurrences",
          "io.millrace.operators.aggregate.OrderedValues",
          "io.millrace.operators.aggregate.QuantileSketch",
          "io.millrace.operators.aggregate.RankedNumbers",
          "io.millrace.operators.aggregate.RankedRows",
          "io.millrace.operators.aggregate.SortedCounts",
          "io.millrace.operators.aggregate.TimedDeque",
          "io.millrace.operators.aggregate.TimedObjectDeque",
          "io.millrace.operators.aggregate.UserAggregates",
          "io.millrace.operators.aggregate.ValueCounts",
          "io.millrace.operators.aggregate.ValueQueue",
          "io.millrace.operators.aggregate.WideSums",
          "io.millrace.operators.kernel.RowErrors",
          "io.millrace.operators.kernel.SlidingRows",
          "io.millrace.operators.values.Caster",
          "io.millrace.operators.values.Casts",
          "io.millrace.operators.values.CollectionValues",
          "io.millrace.operators.values.Comparisons",
          "io.millrace.operators.values.DecimalMath",
          "io.millrace.operators.values.DoubleMath",
          "io.millrace.operators.values.IntegerMath",
          "io.millrace.operators.values.LongSet",
          "io.millrace.operators.values.ValueText",
          "io.millrace.spi.data.Batch",
          "io.millrace.spi.data.BooleanColumn",
          "io.millrace.spi.data.Bytes",
          "io.millrace.spi.data.Column",
          "io.millrace.spi.data.DoubleColumn",
          "io.millrace.spi.data.LongColumn",
          "io.millrace.spi.data.ObjectColumn",
          "io.millrace.spi.data.Struct",
          "io.millrace.spi.error.RowException",
          "io.millrace.spi.function.EvaluationContext",
          "io.millrace.spi.function.Lambda",
          "io.millrace.spi.state.SlotTable",
          "java.math.BigDecimal",
          "java.util.List",
          "java.util.Map");

  private KernelClass() {}

  static String simpleName(KernelSource<?> source) {
    return "Compiled" + source.type().getSimpleName();
  }

  /** The class as text: what is compiled and what {@code EXPLAIN CODE} shows. */
  public static String text(KernelSource<?> source) {
    StringBuilder text = new StringBuilder("package ").append(PACKAGE).append(";\n\n");
    for (String name : IMPORTS) {
      text.append("import ").append(name).append(";\n");
    }
    String name = simpleName(source);
    text.append("\npublic final class ").append(name).append(" implements ");
    text.append(source.type().getName().replace('$', '.')).append(" {\n");
    appendConstants(text, name, source.constantTypes());
    source
        .body()
        .lines()
        .forEach(line -> text.append(line.isEmpty() ? "" : "  ").append(line).append('\n'));
    return text.append("}\n").toString();
  }

  private static void appendConstants(StringBuilder text, String name, List<String> types) {
    for (int i = 0; i < types.size(); i++) {
      text.append("  final ").append(types.get(i)).append(" c").append(i).append(";\n");
    }
    text.append("  final EvaluationContext context;\n\n  public ").append(name);
    text.append("(Object[] constants, EvaluationContext context) {\n    this.context = context;\n");
    for (int i = 0; i < types.size(); i++) {
      text.append("    this.c")
          .append(i)
          .append(" = ")
          .append(cast(types.get(i), "constants[" + i + "]"))
          .append(";\n");
    }
    text.append("  }\n\n");
  }

  private static String cast(String type, String code) {
    return switch (type) {
      case "long" -> "((Long) " + code + ").longValue()";
      case "double" -> "((Double) " + code + ").doubleValue()";
      case "boolean" -> "((Boolean) " + code + ").booleanValue()";
      default -> "(" + type + ") " + code;
    };
  }
}
