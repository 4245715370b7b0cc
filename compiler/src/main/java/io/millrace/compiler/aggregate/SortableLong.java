package io.millrace.compiler.aggregate;

/** Values that are no objects as longs of the same order. */
final class SortableLong {
  private SortableLong() {}

  /** The code of the row's value as a long. */
  static String of(AggregateInput input) {
    return switch (input.layout()) {
      case DOUBLE -> "DoubleMath.toSortable($x)";
      case BOOLEAN -> "($x ? 1L : 0L)";
      default -> "$x";
    };
  }

  /** The code of the value that a long stands for. */
  static String value(AggregateInput input, String sortable) {
    return switch (input.layout()) {
      case DOUBLE -> "DoubleMath.ofSortable(" + sortable + ")";
      case BOOLEAN -> "(" + sortable + ") != 0L";
      default -> sortable;
    };
  }
}
