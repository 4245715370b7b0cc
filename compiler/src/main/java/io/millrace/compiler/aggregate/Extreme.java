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
    String order = isMaximum ? ">" : "<";
    switch (input.layout()) {
      case BOOLEAN -> code.write(isMaximum ? "$0 |= $x;" : "$0 &= $x;");
      case LONG -> replaceIf(code, "long", "$x " + order + " $old");
      case DOUBLE -> {
        String greatest = isMaximum ? "$x" : "$old";
        replaceIf(code, "double", "$x " + order + " $old || " + greatest + " != " + greatest);
      }
      case OBJECT ->
          replaceIf(
              code, "Object", "$old == null || Comparisons.compare($x, $old) " + order + " 0");
    }
  }

  private static void replaceIf(AccumulatorCode code, String type, String condition) {
    code.write("final " + type + " $old = $0;")
        .write("if (" + condition + ") {")
        .write("$0 = $x;")
        .write("}");
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }
}
