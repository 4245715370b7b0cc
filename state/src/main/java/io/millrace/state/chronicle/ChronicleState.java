package io.millrace.state.chronicle;

import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the back ends of a job whose state lies in files. Their folder is there while one of them
 * is. Used by any thread.
 */
public final class ChronicleState implements Supplier<StateBackend> {
  /** How many rows of a log stay in memory, for each row of a table that does. */
  private static final int LOG_ROWS = 16;

  /** A page of a log has 64 rows. */
  private static final int PAGE_BITS = 6;

  private final Path parent;
  private final HotSize size;
  private @Nullable ScratchFolder folder;
  private int open;

  /**
   * How many rows stay in memory.
   *
   * @param most of a table, unless more are held, and of a sort buffer
   * @param mostOfPane of one of several tables
   * @param held as {@link SlotTable#HELD}
   * @param pageBits a page of a log has 2 to the power of this many rows
   * @param pages how many pages of a log, unless more are held
   */
  record HotSize(int most, int mostOfPane, int held, int pageBits, int pages) {}

  private ChronicleState(Path parent, HotSize size) {
    this.parent = parent;
    this.size = size;
  }

  /**
   * State in a folder of its own within {@code parent}.
   *
   * @param rows how many rows of a table stay in memory, at least some thousands; of an open window
   *     an eighth of them, of a log of rows 16 times as many
   * @throws io.millrace.spi.error.MillraceException if the JVM was not started with what Chronicle
   *     Map needs
   */
  public static ChronicleState in(Path parent, long rows) {
    int fewest = 4 * SlotTable.HELD;
    int most = (int) Math.max(fewest, Math.min(rows, 1 << 28));
    int pages = (int) (((long) LOG_ROWS * most) >> PAGE_BITS);
    return in(
        parent, new HotSize(most, Math.max(fewest, most / 8), SlotTable.HELD, PAGE_BITS, pages));
  }

  /**
   * The same with so few rows in memory that nearly every one goes to its file and comes back. It
   * holds a slot for 4 rows only, in place of {@link SlotTable#HELD}, and pages of logs have 4
   * rows: for tests.
   */
  public static ChronicleState ofFewRows(Path parent) {
    return in(parent, new HotSize(4, 4, 4, 2, 2));
  }

  static ChronicleState in(Path parent, HotSize size) {
    ChronicleFlags.require();
    GeneratedClasses.require();
    return new ChronicleState(parent, size);
  }

  @Override
  public StateBackend get() {
    return new ChronicleStateBackend(openFolder(), size, this::closed);
  }

  /** Where the pages of a log are. */
  static FilePages pages(RowLogSpec spec, ScratchFolder files, HotSize size) {
    return new FilePages(spec.columns(), files, size.pageBits, size.pages);
  }

  /** A sort buffer that has as many rows in memory as a table. */
  static FileSortBuffer buffer(SortBufferSpec spec, ScratchFolder files, HotSize size) {
    return new FileSortBuffer(spec, files, size.most);
  }

  private synchronized ScratchFolder openFolder() {
    ScratchFolder files = folder == null ? ScratchFolder.in(parent) : folder;
    folder = files;
    open++;
    return files;
  }

  private synchronized void closed() {
    if (--open == 0 && folder != null) {
      folder.close();
      folder = null;
    }
  }
}
