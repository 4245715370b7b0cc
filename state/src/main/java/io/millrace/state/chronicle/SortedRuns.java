package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.types.DataType;
import io.millrace.state.heap.RowArrays;
import io.millrace.state.heap.WaitingRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Runs of rows in the order of draining, in pages of a file; of each run one page is in memory.
 * What goes to the file goes behind a run if it can: so rows that come nearly in order are few
 * runs, and those that come in any order have one page in memory of 64 or more.
 */
final class SortedRuns implements AutoCloseable {
  private static final int MOST_PAGE_ROWS = 256;
  private static final int FEWEST_PAGES = 64;

  private final List<DataType> types;
  private final int pageRows;
  private final PageFile file;
  private final StoredPages stored;
  private final PageCodec codec;
  private final PriorityQueue<SortedRun> runs = new PriorityQueue<>();
  private long size;

  /**
   * Begins without runs.
   *
   * @param types of the columns of rows
   * @param usual how many rows go to the file at once
   */
  SortedRuns(List<DataType> types, ScratchFolder folder, int usual) {
    this.types = new ArrayList<>(types);
    this.types.add(DataType.BIGINT);
    this.types.add(DataType.BIGINT);
    pageRows = Math.max(2, Math.min(MOST_PAGE_ROWS, usual / FEWEST_PAGES));
    file = new PageFile(folder);
    stored = new StoredPages(file, this.types);
    codec = new PageCodec(this.types);
  }

  /** How many rows there are. */
  long size() {
    return size;
  }

  /** How many runs there are. */
  int count() {
    return runs.size();
  }

  PageFile file() {
    return file;
  }

  /** The smallest time; {@link Long#MAX_VALUE} if there is none. */
  long firstTime() {
    SortedRun first = runs.peek();
    return first == null ? Long.MAX_VALUE : first.time();
  }

  /** Whether all rows, but for those of a run that was taken, are behind one. */
  boolean areBehind(long time, long order) {
    SortedRun first = runs.peek();
    return first == null || SortedRun.compare(time, order, first.time(), first.order()) < 0;
  }

  /** Takes the run out that has the first row; there is one. */
  SortedRun takeFirst() {
    SortedRun first = runs.remove();
    size -= first.rows().capacity() - first.at();
    return first;
  }

  /** Puts a run back, maybe without some of its first rows. */
  void putBack(SortedRun run) {
    if (!run.isAtRow()) {
      SortedRun.Page next = run.behind().peek();
      if (next == null) {
        return;
      }
      byte[] bytes = codec.buffer(next.region().size);
      file.read(next.region(), bytes);
      run.enter(codec.read(bytes, next.region().size));
      run.behind().remove();
      file.free(next.region());
      size -= run.rows().capacity();
    }
    size += run.rows().capacity() - run.at();
    runs.add(run);
  }

  /**
   * Copies rows of memory to the file. If that fails there is nothing of them.
   *
   * @param sorted rows in order
   * @param from the first of them that goes
   */
  void add(WaitingRows memory, int[] sorted, int from) {
    SortedRun before = before(memory, sorted[from]);
    List<SortedRun.Page> written = new ArrayList<>();
    SortedRun run = before;
    RowArrays last = null;
    boolean isWritten = false;
    try {
      for (int at = from; at < sorted.length; at += pageRows) {
        int to = Math.min(sorted.length, at + pageRows);
        last = copy(memory, Arrays.copyOfRange(sorted, at, to));
        if (run == null) {
          run = new SortedRun(last);
        } else {
          codec.write(last, last.capacity());
          written.add(new SortedRun.Page(file.write(codec.bytes(), codec.size()), newest(last)));
        }
      }
      isWritten = true;
    } finally {
      if (!isWritten) {
        written.forEach(page -> file.free(page.region()));
      }
    }
    if (run == null || last == null) {
      return;
    }
    run.behind().addAll(written);
    run.endsWith(last);
    if (before == null) {
      runs.add(run);
    }
    size += sorted.length - from;
  }

  /** The run that ends last of those that are before a row of memory; null if there is none. */
  private @Nullable SortedRun before(WaitingRows memory, int row) {
    SortedRun found = null;
    for (SortedRun run : runs) {
      boolean isBefore = run.isBefore(memory.time(row), memory.order(row));
      if (isBefore && (found == null || run.endsBehind(found))) {
        found = run;
      }
    }
    return found;
  }

  private RowArrays copy(WaitingRows memory, int[] rows) {
    RowArrays page = new RowArrays(types, rows.length);
    Column[] from = memory.timesAndColumns();
    Column[] to = page.columns();
    for (int c = 0; c < to.length - SortedRun.MORE_COLUMNS; c++) {
      to[c].gather(from[c + 1], rows, rows.length, 0);
    }
    for (int i = 0; i < rows.length; i++) {
      page.times()[i] = memory.time(rows[i]);
      SortedRun.orders(page)[i] = memory.order(rows[i]);
      SortedRun.places(page)[i] = memory.place(rows[i]);
    }
    return page;
  }

  private static long newest(RowArrays page) {
    long newest = 0;
    for (long order : SortedRun.orders(page)) {
      newest = Math.max(newest, WaitingRows.arrival(order));
    }
    return newest;
  }

  /** Adds the rows of the runs and of memory that came with an arrival or behind it. */
  void addTo(SortedRunsCapture capture, WaitingRows memory, long arrival) {
    for (SortedRun run : runs) {
      SortedRunsCapture.Rows rows = capture.add(run.rows(), run.at());
      for (SortedRun.Page page : run.behind()) {
        if (page.newest() >= arrival) {
          rows.add(stored.page(page.region()));
        }
      }
    }
    int[] sorted =
        Arrays.stream(memory.sorted())
            .filter(row -> WaitingRows.arrival(memory.order(row)) >= arrival)
            .toArray();
    capture.add(copy(memory, sorted), 0);
  }

  @Override
  public void close() {
    stored.close();
    file.close();
  }
}
