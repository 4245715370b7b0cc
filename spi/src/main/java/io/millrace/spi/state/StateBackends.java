package io.millrace.spi.state;

import java.util.function.Supplier;

/** Makes the back ends of operators, each without any state. Used by any thread. */
public interface StateBackends extends Supplier<StateBackend> {
  /**
   * A back end for an operator that remembers slots of its tables: these lie on the heap and stay
   * where they are. Its other state lies where the other back ends have it.
   */
  StateBackend withTablesOnHeap();
}
