package io.millrace.state.chronicle;

import io.millrace.spi.state.StateBackend;
import io.millrace.testkit.state.StateBackendContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** With so few rows in memory that nearly every one goes to its cell and comes back. */
class ChronicleStateBackendTest extends StateBackendContract {
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
    return state.get();
  }
}
