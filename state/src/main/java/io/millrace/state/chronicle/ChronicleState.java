package io.millrace.state.chronicle;

import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateBackend;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Makes the back ends of a job whose state lies in files of one folder. Used by any thread; the back
 * ends are closed before it.
 */
public final class ChronicleState implements Supplier<StateBackend>, AutoCloseable {
  private final ScratchFolder folder;
  private final HotSize size;

  /**
   * How many rows of a table stay in memory.
   *
   * @param most of a table, unless more are held
   * @param mostOfPane of one of several tables
   * @param held as {@link SlotTable#HELD}
   */
  record HotSize(int most, int mostOfPane, int held) {}

  private ChronicleState(ScratchFolder folder, HotSize size) {
    this.folder = folder;
    this.size = size;
  }

  /**
   * Opens a folder of its own within {@code parent}.
   *
   * @param rows how many rows of a table stay in memory; of an open window an eighth of them
   * @throws io.millrace.spi.error.MillraceException if the JVM was not started with what Chronicle
   *     Map needs, or if the folder cannot be made
   */
  public static ChronicleState open(Path parent, int rows) {
    int fewest = 4 * SlotTable.HELD;
    return open(
        parent,
        new HotSize(Math.max(fewest, rows), Math.max(fewest, rows / 8), SlotTable.HELD));
  }

  static ChronicleState open(Path parent, HotSize size) {
    ChronicleFlags.require();
    GeneratedClasses.require();
    return new ChronicleState(ScratchFolder.in(parent), size);
  }

  @Override
  public StateBackend get() {
    return new ChronicleStateBackend(folder, size);
  }

  @Override
  public void close() {
    folder.close();
  }
}
