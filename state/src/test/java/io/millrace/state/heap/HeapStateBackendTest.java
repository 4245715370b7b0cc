package io.millrace.state.heap;

import io.millrace.spi.state.StateBackend;
import io.millrace.testkit.state.StateBackendContract;

/** The heap back end holds the contract of back ends. */
class HeapStateBackendTest extends StateBackendContract {
  @Override
  protected StateBackend backend() {
    return new HeapStateBackend();
  }
}
