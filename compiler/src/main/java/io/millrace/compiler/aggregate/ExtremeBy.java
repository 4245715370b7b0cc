package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of the first argument in the row in which the second is smallest or greatest so far; of
 * several the first row.
 *
 * @param isMerging whether groups become one
 */
record ExtremeBy(AggregateInput input, boolean isMaximum, boolean isMerging)
    implements OrderedAccumulator {
  static final int VALUE = 0;

  @Override
  public List<StateType> fields() {
    String name = isMaximum ? "max by" : "min by";
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of(name + " value", input.type()));
    fields.add(StateType.of(name + " key", key().type()));
    fields.add(StateType.of(name + " time", DataType.BIGINT));
    fields.add(StateType.of(name + " found", DataType.BOOLEAN));
    StateType cause = StateType.of(name + " cause", DataType.BIGINT);
    fields.add(isMerging ? cause : cause.later());
    return fields;
  }

  private AggregateInput.Argument key() {
    return input.arguments().get(1);
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    writeOrder(code, "$y");
    String isBefore = "($time < $2 || $time == $2 && $cause < $4)";
    code.write("if (!$3 || $order < 0 || $order == 0 && " + isBefore + ") {")
        .write("$0 = $x;")
        .write("$1 = $y;")
        .write("$2 = $time;")
        .write("$3 = true;")
        .write("$4 = $cause;")
        .write("}");
  }

  /** How a key lies to the one that is there: below 0 if it replaces it. */
  private void writeOrder(AccumulatorCode code, String key) {
    String first = isMaximum ? "$1" : key;
    String second = isMaximum ? key : "$1";
    String compare =
        switch (key().layout()) {
          case BOOLEAN -> "Boolean.compare(";
          case LONG -> "Long.compare(";
          case DOUBLE, OBJECT -> "Comparisons.compare(";
        };
    code.write("final int $order = $3 ? " + compare + first + ", " + second + ") : -1;");
  }

  @Override
  public void remove(AccumulatorCode code) {
    throw new IllegalStateException("takes nothing back");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("if ($from3) {");
    writeOrder(code, "$from1");
    code.write("if ($order < 0 || $order == 0 && ($from2 < $2 || $from2 == $2 && $from4 < $4)) {");
    for (int field = 0; field <= 4; field++) {
      code.write("$" + field + " = $from" + field + ";");
    }
    code.write("}").write("}");
  }
}
