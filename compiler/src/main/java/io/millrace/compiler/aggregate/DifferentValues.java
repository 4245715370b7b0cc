package io.millrace.compiler.aggregate;

import io.millrace.operators.aggregate.Occurrences;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.state.StateType;
import java.util.List;

/** The different values, how often each is there, and where first and last. */
record DifferentValues(AggregateInput input, Updates updates) implements OrderedAccumulator {
  @Override
  public List<StateType> fields() {
    return List.of(StateType.object("occurrences", Occurrences.codec(input.type())));
  }

  @Override
  public void check(AccumulatorCode code) {}

  @Override
  public void begin(AccumulatorCode code) {
    code.write("$0 = new Occurrences(" + updates.isRetractable() + ");");
  }

  @Override
  public void add(AccumulatorCode code) {
    String place = RowOrder.of(updates).place();
    code.write("((Occurrences) $0).add(" + code.boxed() + ", " + place + ");");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write(
        updates == Updates.RETRACT_ANY
            ? "((Occurrences) $0).remove(" + code.boxed() + ", $time, $cause);"
            : "((Occurrences) $0).removeFirst(" + code.boxed() + ");");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write("((Occurrences) $0).addAll((Occurrences) $from0);");
  }
}
