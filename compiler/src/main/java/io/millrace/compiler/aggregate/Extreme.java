package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
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
      code.line(code.field(0) + " = " + neutral() + ";");
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
    if (input.type() == DataType.BOOLEAN) {
      code.line(code.field(0) + (isMaximum ? " |= " : " &= ") + code.value() + ";");
      return;
    }
    String old = code.variable("e");
    String type =
        input.layout() == Layout.OBJECT
            ? "Object"
            : input.layout() == Layout.LONG ? "long" : "double";
    code.line("final " + type + " " + old + " = " + code.field(0) + ";");
    code.open("if (" + replaces(code.value(), old) + ")")
        .line(code.field(0) + " = " + code.value() + ";")
        .close();
  }

  private String replaces(String value, String old) {
    String order = isMaximum ? " > " : " < ";
    return switch (input.layout()) {
      case DOUBLE -> value + order + old + " || " + nan(isMaximum ? value : old);
      case OBJECT ->
          old + " == null || Comparisons.compare(" + value + ", " + old + ")" + order + "0";
      default -> value + order + old;
    };
  }

  private static String nan(String value) {
    return value + " != " + value;
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }
}
