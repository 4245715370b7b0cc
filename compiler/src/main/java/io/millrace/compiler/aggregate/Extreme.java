package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.Layout;
import java.util.List;

/**
 * The smallest or greatest value so far. It begins with what every value replaces; it takes nothing
 * back.
 */
record Extreme(AggregateInput input, boolean isMaximum) implements Accumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.of(isMaximum ? "max" : "min", input.type()));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    if (input.layout() != Layout.OBJECT) {
      code.write("$0 = " + neutral() + ";");
    }
  }

  /** NaN is the greatest double, so a minimum begins with it. */
  private String neutral() {
    return switch (input.layout()) {
      case BOOLEAN -> isMaximum ? "false" : "true";
      case LONG -> isMaximum ? "Long.MIN_VALUE" : "Long.MAX_VALUE";
      default -> isMaximum ? "Double.NEGATIVE_INFINITY" : "Double.NaN";
    };
  }

  @Override
  public void add(AccumulatorCode code) {
    add(code, "$x", "");
  }

  private void add(AccumulatorCode code, String value, String condition) {
    String isBefore = value + (isMaximum ? " > " : " < ") + "$old";
    switch (input.layout()) {
      case BOOLEAN -> code.write("$0 " + (isMaximum ? "|" : "&") + "= " + value + ";");
      case LONG -> replaceIf(code, "long", isBefore, value);
      case DOUBLE -> {
        String greatest = isMaximum ? value : "$old";
        replaceIf(code, "double", isBefore + " || " + greatest + " != " + greatest, value);
      }
      case OBJECT -> {
        String order = isMaximum ? " > 0" : " < 0";
        String compared = "Comparisons.compare(" + value + ", $old)" + order;
        String replaces = "$old == null || " + compared;
        replaceIf(
            code,
            "Object",
            condition.isEmpty() ? replaces : condition + " && (" + replaces + ")",
            value);
      }
    }
  }

  private static void replaceIf(AccumulatorCode code, String type, String condition, String value) {
    code.write("final " + type + " $old = $0;")
        .write("if (" + condition + ") {")
        .write("$0 = " + value + ";")
        .write("}");
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }

  /** A group without values holds what every value replaces, or null. */
  @Override
  public void merge(AccumulatorCode code) {
    add(code, "$from0", "$from0 != null");
  }
}
