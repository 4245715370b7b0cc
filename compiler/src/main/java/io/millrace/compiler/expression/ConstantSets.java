package io.millrace.compiler.expression;

import io.millrace.language.expression.Constant;
import io.millrace.operators.values.Comparisons;
import io.millrace.operators.values.DoubleMath;
import io.millrace.operators.values.LongSet;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sets that a long IN list of constants becomes. */
final class ConstantSets {
  private ConstantSets() {}

  /** The set, of the class {@link #javaType}. */
  static Object of(DataType type, List<Constant> constants) {
    if (type.layout() == Layout.LONG || type.layout() == Layout.DOUBLE) {
      return LongSet.of(
          constants.stream().mapToLong(constant -> sortable(constant.value())).toArray());
    }
    Set<Object> set = new HashSet<>();
    constants.forEach(
        constant -> set.add(Comparisons.key(Objects.requireNonNull(constant.value()))));
    return set;
  }

  static String javaType(DataType type) {
    return type.layout() == Layout.LONG || type.layout() == Layout.DOUBLE
        ? "LongSet"
        : "java.util.Set";
  }

  /** What is looked up for a value. */
  static String key(DataType type, String code) {
    return switch (type.layout()) {
      case DOUBLE -> "DoubleMath.toSortable(" + code + ")";
      case LONG -> code;
      case BOOLEAN -> "Boolean.valueOf(" + code + ")";
      case OBJECT -> type == DataType.STRING ? code : "Comparisons.key(" + code + ")";
    };
  }

  private static long sortable(@Nullable Object value) {
    return value instanceof Double number
        ? DoubleMath.toSortable(number)
        : (Long) Objects.requireNonNull(value);
  }
}
