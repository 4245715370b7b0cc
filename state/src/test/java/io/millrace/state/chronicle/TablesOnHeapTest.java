package io.millrace.state.chronicle;

import io.millrace.spi.state.StateBackend;
import io.millrace.testkit.state.StateBackendContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** With tables on the heap, and logs of which two pages of 8 rows are in memory. */
class TablesOnHeapTest extends StateBackendContract {
  private ChronicleState state;

  @BeforeEach
  void open(@TempDir Path folder) {
    state = ChronicleState.in(folder, new ChronicleState.HotSize(8, 4, 2, 3, 2));
  }

  @Override
  protected int runs(int usual) {
    return usual / 12;
  }

  @Override
  protected StateBackend backend() {
    return state.withTablesOnHeap();
  }
}
