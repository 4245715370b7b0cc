package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.UserAggregates;
import io.millrace.spi.function.AggregateDescriptor;
import io.millrace.spi.state.StateType;
import java.lang.reflect.Method;
import java.util.List;

/**
 * The accumulator of a user's aggregate, a value that no method changes: so what it is with a row
 * is made before the row is taken. In the field stands null for that of nothing.
 *
 * @param present the code of the number of rows that have a value
 * @param nothing the code of the accumulator of nothing
 */
record UserAccumulator(
    AggregateInput input, AggregateDescriptor aggregate, String present, String nothing)
    implements TriedAccumulator {

  @Override
  public List<StateType> fields() {
    String name = aggregate.name() + " " + aggregate.state().text();
    return List.of(StateType.object(name, UserAggregates.codec(aggregate.state())));
  }

  /** The code of the accumulator in a field. */
  String held(String field) {
    return "(" + field + " == null ? " + nothing + " : " + cast(field) + ")";
  }

  String call(Method method, String... arguments) {
    return aggregate.type().getCanonicalName()
        + "."
        + method.getName()
        + "("
        + String.join(", ", arguments)
        + ")";
  }

  private String cast(String field) {
    return "((" + aggregate.state().type().getCanonicalName() + ") " + field + ")";
  }

  /** A statement that puts an accumulator into a variable, if the method gives one. */
  private static String assign(String variable, Method method, String call) {
    return variable + " = UserAggregates.given(" + call + ", \"" + method.getName() + "\");";
  }

  /** The call of a method that takes the accumulator and a row. */
  private String withRow(Method method, AccumulatorCode code) {
    String[] arguments = new String[1 + input.arguments().size()];
    arguments[0] = held("$0");
    for (int i = 1; i < arguments.length; i++) {
      boolean isObject = !method.getParameterTypes()[i].isPrimitive();
      arguments[i] = isObject ? code.boxed(i - 1) : code.value(i - 1);
    }
    return call(method, arguments);
  }

  @Override
  public void check(AccumulatorCode code) {
    Method accumulate = aggregate.methods().accumulate();
    code.refuseIfThrown(assign("$tried", accumulate, withRow(accumulate, code)), aggregate.name());
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void take(AccumulatorCode code) {
    code.write("$0 = $tried;");
  }

  @Override
  public void add(AccumulatorCode code) {
    Method accumulate = aggregate.methods().accumulate();
    change(accumulate, withRow(accumulate, code), code);
  }

  @Override
  public void remove(AccumulatorCode code) {
    Method retract =
        aggregate
            .methods()
            .retract()
            .orElseThrow(() -> new IllegalStateException(aggregate.name() + " takes none back"));
    code.write("if (" + present + " == 0L) {\n$0 = null;\n} else {");
    change(retract, withRow(retract, code), code);
    code.write("}");
  }

  @Override
  public void merge(AccumulatorCode code) {
    Method merge =
        aggregate
            .methods()
            .merge()
            .orElseThrow(() -> new IllegalStateException(aggregate.name() + " does not merge"));
    code.write("if ($0 == null) {\n$0 = $from0;\n} else if ($from0 != null) {");
    change(merge, call(merge, cast("$0"), cast("$from0")), code);
    code.write("}");
  }

  private void change(Method method, String call, AccumulatorCode code) {
    code.failIfThrown(assign("$0", method, call), aggregate.name(), method.getName());
  }
}
