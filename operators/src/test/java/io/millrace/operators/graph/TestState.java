package io.millrace.operators.graph;

import io.millrace.spi.operator.Operator;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.operator.OperatorHarness;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Has operators tested with every kind of state. */
public final class TestState {
  private TestState() {}

  /** A harness that runs with state on the heap and in files. */
  public static OperatorHarness harness(Supplier<Operator> operators) {
    return OperatorHarness.of(
        operators, HeapStateBackend::new, ChronicleState.ofFewRows(Path.of("target", "state")));
  }
}
