package io.millrace.state.chronicle;

import io.millrace.spi.types.DataType;
import io.millrace.state.heap.RowArrays;
import io.millrace.state.heap.RowPage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Pages in the file of a log that captures read on other threads, through a file and buffers of
 * their own. They wait for each other, and the thread of the log for none.
 */
final class StoredPages implements AutoCloseable {
  private final PageFile pages;
  private final List<DataType> types;
  private @Nullable PageCodec codec;
  private @Nullable RandomAccessFile file;

  StoredPages(PageFile pages, List<DataType> types) {
    this.pages = pages;
    this.types = types;
  }

  /** A page for a capture. Its place is not used for others until it is released. */
  RowPage page(Region region) {
    return new StoredPage(region, region.pin());
  }

  private synchronized RowArrays read(Region region) {
    try {
      RandomAccessFile from = file;
      if (from == null) {
        from = new RandomAccessFile(pages.path().toFile(), "r");
        file = from;
      }
      PageCodec reading = codec == null ? new PageCodec(types) : codec;
      codec = reading;
      byte[] bytes = reading.buffer(region.size);
      from.seek(region.position);
      from.readFully(bytes, 0, region.size);
      return reading.read(bytes, region.size);
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot read state from '" + pages.path() + "'", e);
    }
  }

  @Override
  public synchronized void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw ScratchFolder.failed("cannot close '" + pages.path() + "'", e);
      }
      file = null;
    }
  }

  private final class StoredPage extends RowPage {
    private final Region region;
    private final AtomicInteger pins;

    StoredPage(Region region, AtomicInteger pins) {
      this.region = region;
      this.pins = pins;
    }

    @Override
    public RowArrays toRead() {
      return read(region);
    }

    @Override
    public RowArrays toWrite() {
      throw new IllegalStateException("what a capture holds does not change");
    }

    @Override
    public RowPage captured() {
      pins.incrementAndGet();
      return this;
    }

    @Override
    public void release() {
      pins.decrementAndGet();
    }
  }
}
