package io.millrace.compiler.aggregate;

import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * The first or last value so far. Values may leave, if only the last is wanted: those that leave
 * are before it, so it is the last until none is left.
 */
record Edge(AggregateInput input, boolean isLast, Updates updates) implements OrderedAccumulator {
  static final int VALUE = 0;

  @Override
  public List<StateType> fields() {
    String name = isLast ? "last" : "first";
    List<StateType> fields = new ArrayList<>();
    fields.add(StateType.of(name, input.type()));
    if (order() != RowOrder.ARRIVAL) {
      fields.add(StateType.of(name + " time", DataType.BIGINT));
    }
    if (order() == RowOrder.TIME_AND_CAUSE) {
      StateType cause = StateType.of(name + " cause", DataType.BIGINT);
      fields.add(updates.isAdding() ? cause.later() : cause);
    }
    if (hasNullField()) {
      fields.add(StateType.of(name + " is null", DataType.BOOLEAN));
    }
    return fields;
  }

  private RowOrder order() {
    return RowOrder.of(updates);
  }

  /** NULL as an object is null. */
  private boolean hasNullField() {
    return input.takesNull() && input.layout() != Layout.OBJECT;
  }

  /** The index of the field that says whether the value is NULL. */
  int nullField() {
    return order().ordinal() + 1;
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    if (order() != RowOrder.ARRIVAL) {
      code.write("$1 = Long." + (isLast ? "MIN_VALUE;" : "MAX_VALUE;"));
    }
  }

  @Override
  public void add(AccumulatorCode code) {
    switch (order()) {
      case ARRIVAL -> set(code);
      case TIME -> {
        code.write("if ($time " + (isLast ? ">=" : "<") + " $1) {");
        set(code);
        code.write("$1 = $time;").write("}");
      }
      case TIME_AND_CAUSE -> {
        String before = isLast ? " > " : " < ";
        String orSame = isLast ? " >= " : " < ";
        code.write("if ($time" + before + "$1 || $time == $1 && $cause" + orSame + "$2) {");
        set(code);
        code.write("$1 = $time;").write("$2 = $cause;").write("}");
      }
    }
  }

  private void set(AccumulatorCode code) {
    boolean isNullObject = input.takesNull() && !hasNullField();
    code.write("$0 = " + (isNullObject ? code.isNull() + " ? null : $x;" : "$x;"));
    if (hasNullField()) {
      code.write("$" + nullField() + " = " + code.isNull() + ";");
    }
  }

  @Override
  public void remove(AccumulatorCode code) {
    if (!isLast) {
      throw new IllegalStateException("the first value leaves with its row");
    }
  }

  /** A group without values has a time that every value comes before or behind. */
  @Override
  public void merge(AccumulatorCode code) {
    String before = isLast ? " > " : " < ";
    code.write("if ($from1" + before + "$1 || $from1 == $1 && $from2" + before + "$2) {")
        .write("$0 = $from0;")
        .write("$1 = $from1;")
        .write("$2 = $from2;");
    if (hasNullField()) {
      code.write("$3 = $from3;");
    }
    code.write("}");
  }
}
