package io.millrace.state.chronicle;

import io.millrace.spi.types.DataType;
import io.millrace.state.heap.RowArrays;
import io.millrace.state.heap.RowMemory;
import io.millrace.state.heap.RowPage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a row log, of which those that were asked for last are in memory, all others in a
 * file. One goes there when another one needs its room (the hand of a clock finds it), and is
 * written then if it has changed: a full segment once. The arrays of a page that goes are left to
 * whoever reads them.
 */
final class FilePages implements RowMemory {
  private static final int FEWEST = 16;
  private static final int MOST_SPARE = 64;

  private final List<DataType> types;
  private final int bits;
  private final int most;
  private final PageFile file;
  private final StoredPages stored;
  private @Nullable PageCodec codec;
  private final ArrayDeque<RowArrays> spare = new ArrayDeque<>();
  private @Nullable FilePage[] inMemory = new @Nullable FilePage[FEWEST];
  private int count;
  private int hand;
  private boolean isHolding;

  /**
   * Begins without pages.
   *
   * @param types the types of the rows' columns
   * @param bits as {@link #bits}
   * @param most how many pages are in memory, unless more are held
   */
  FilePages(List<DataType> types, ScratchFolder folder, int bits, int most) {
    this.types = types;
    this.bits = bits;
    this.most = most;
    file = new PageFile(folder);
    stored = new StoredPages(file, types);
  }

  @Override
  public int bits() {
    return bits;
  }

  @Override
  public RowPage take(int capacity) {
    RowArrays rows = capacity == 1 << bits ? spare.poll() : null;
    FilePage page = new FilePage(this);
    page.isChanged = true;
    enter(page, rows == null ? new RowArrays(types, capacity) : rows);
    return page;
  }

  @Override
  public void free(RowPage page) {
    FilePage gone = (FilePage) page;
    RowArrays rows = gone.rows;
    if (rows != null) {
      leave(gone);
      if (spare.size() < MOST_SPARE && rows.capacity() == 1 << bits && !rows.isPinned()) {
        rows.reset(0, 1 << bits);
        spare.push(rows);
      }
    }
    forgetRegion(gone);
  }

  @Override
  public void hold() {
    isHolding = true;
  }

  @Override
  public void letGo() {
    isHolding = false;
    makeRoom(most);
  }

  @Override
  public RowPage keep(RowArrays copies, int count) {
    Region region = write(copies, count);
    RowPage page = stored.page(region);
    file.free(region);
    return page;
  }

  @Override
  public void close() {
    stored.close();
    file.close();
  }

  /** Brings the rows of a page into memory. */
  RowArrays load(FilePage page) {
    Region region = page.region;
    if (region == null) {
      throw new IllegalStateException("a page is nowhere");
    }
    byte[] bytes = codec().buffer(region.size);
    file.read(region, bytes);
    RowArrays rows = codec().read(bytes, region.size);
    enter(page, rows);
    return rows;
  }

  /** A page that never changes again, as a capture refers to it. */
  RowPage captured(FilePage page) {
    RowArrays rows = page.rows;
    Region region = page.region;
    if (region != null && (rows == null || !page.isChanged)) {
      return stored.page(region);
    }
    if (rows == null) {
      throw new IllegalStateException("a page is nowhere");
    }
    return rows.captured();
  }

  /** How many pages are in memory. */
  int inMemory() {
    return count;
  }

  PageFile file() {
    return file;
  }

  private void enter(FilePage page, RowArrays rows) {
    if (!isHolding) {
      makeRoom(most - 1);
    }
    if (count == inMemory.length) {
      inMemory = Arrays.copyOf(inMemory, 2 * count);
    }
    page.rows = rows;
    page.place = count;
    inMemory[count++] = page;
  }

  private void leave(FilePage page) {
    FilePage last = at(--count);
    inMemory[page.place] = last;
    last.place = page.place;
    inMemory[count] = null;
    page.rows = null;
  }

  private void makeRoom(int rest) {
    while (count > rest) {
      FilePage page = victim();
      RowArrays rows = page.rows;
      if (page.isChanged && rows != null) {
        forgetRegion(page);
        page.region = write(rows, rows.capacity());
        page.isChanged = false;
      }
      leave(page);
    }
  }

  private Region write(RowArrays rows, int rowCount) {
    codec().write(rows, rowCount);
    return file.write(codec().bytes(), codec().size());
  }

  /** There is none before the first page goes. */
  private PageCodec codec() {
    PageCodec made = codec;
    if (made == null) {
      made = new PageCodec(types);
      codec = made;
    }
    return made;
  }

  private FilePage victim() {
    while (true) {
      if (hand >= count) {
        hand = 0;
      }
      FilePage page = at(hand);
      if (!page.isAsked) {
        return page;
      }
      page.isAsked = false;
      hand++;
    }
  }

  private FilePage at(int place) {
    FilePage page = inMemory[place];
    if (page == null) {
      throw new IllegalStateException("no page at " + place);
    }
    return page;
  }

  private void forgetRegion(FilePage page) {
    if (page.region != null) {
      file.free(page.region);
      page.region = null;
    }
  }
}
