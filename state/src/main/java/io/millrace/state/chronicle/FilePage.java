package io.millrace.state.chronicle;

import io.millrace.state.heap.RowArrays;
import io.millrace.state.heap.RowPage;
import org.jspecify.annotations.Nullable;

/** A page of a log whose rows are in memory, in a file, or both. */
final class FilePage extends RowPage {
  private final FilePages pages;

  /** Its rows, if they are in memory. */
  @Nullable RowArrays rows;

  /** Where it lies in the file, as it was before it has changed; null if it never went there. */
  @Nullable Region region;

  /** Where it is among those in memory. */
  int place;

  /** Whether it was asked for since the hand came by. */
  boolean isAsked;

  /** Whether its rows are not those in the file. */
  boolean isChanged;

  FilePage(FilePages pages) {
    this.pages = pages;
  }

  @Override
  public RowArrays toRead() {
    isAsked = true;
    RowArrays here = rows;
    return here == null ? pages.load(this) : here;
  }

  @Override
  public RowArrays toWrite() {
    RowArrays here = toRead();
    isChanged = true;
    return here;
  }

  @Override
  public RowPage captured() {
    return pages.captured(this);
  }

  @Override
  public void release() {
    throw new IllegalStateException("a capture refers to the page as it was");
  }
}
