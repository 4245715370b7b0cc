package io.millrace.state.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of pages of any sizes. A page has a place that is up to a quarter larger; one that is free
 * is taken by the next page of about its size, else a page goes behind all others. There is no file
 * before the first page. Used by one thread.
 *
 * <p>No channel is used: one is closed when its thread is interrupted.
 */
final class PageFile implements AutoCloseable {
  /** Places have sizes of 1, 5/4, 6/4 and 7/4 of the powers of 2, from 64 bytes on. */
  private static final int SMALLEST = 64;

  private static final int SIZES = 4 * Integer.SIZE;

  /** What a file may keep that holds nothing. */
  private static final long MOST_EMPTY = 1 << 20;

  private final ScratchFolder folder;
  private @Nullable RandomAccessFile file;
  private @Nullable Path path;
  private final FreePlaces[] free = new FreePlaces[SIZES];

  /** Regions that are free as soon as their captures are written. */
  private final ArrayDeque<Region> pinned = new ArrayDeque<>();

  private long end;
  private long regions;

  /** The places of one size that are free, the last freed one first. */
  private static final class FreePlaces {
    private long[] positions = new long[4];
    private int count;

    void push(long position) {
      if (count == positions.length) {
        positions = Arrays.copyOf(positions, 2 * count);
      }
      positions[count++] = position;
    }
  }

  /** Begins without a file. */
  PageFile(ScratchFolder folder) {
    this.folder = folder;
  }

  /** Writes the first {@code size} bytes of an array to a place of their own. */
  Region write(byte[] bytes, int size) {
    freeUnpinned();
    Region region = new Region(place(size), size);
    regions++;
    boolean isWritten = false;
    try {
      RandomAccessFile to = open();
      to.seek(region.position);
      to.write(bytes, 0, size);
      isWritten = true;
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot write state to '" + path + "'", e);
    } finally {
      if (!isWritten) {
        free(region);
      }
    }
    return region;
  }

  /** Reads a region to the front of an array, which has room for it. */
  void read(Region region, byte[] bytes) {
    try {
      RandomAccessFile from = open();
      from.seek(region.position);
      from.readFully(bytes, 0, region.size);
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot read state from '" + path + "'", e);
    }
  }

  /** Frees the place of a region, which is of no more use but to captures. */
  void free(Region region) {
    if (region.isPinned()) {
      pinned.add(region);
      return;
    }
    int size = sizeClass(region.size);
    FreePlaces places = free[size];
    if (places == null) {
      places = new FreePlaces();
      free[size] = places;
    }
    places.push(region.position);
    regions--;
    if (regions == 0) {
      beginAnew();
    }
  }

  private void beginAnew() {
    Arrays.fill(free, null);
    try {
      if (end > MOST_EMPTY) {
        open().setLength(0);
      }
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot shorten '" + path + "'", e);
    }
    end = 0;
  }

  /** The file, which is there: a region lies in it. */
  Path path() {
    if (path == null) {
      throw new IllegalStateException("nothing was written");
    }
    return path;
  }

  /** Where the file ends. */
  long end() {
    return end;
  }

  /** The regions that hold something. */
  long regions() {
    return regions;
  }

  @Override
  public void close() {
    if (file != null && path != null) {
      try {
        file.close();
      } catch (IOException e) {
        throw ScratchFolder.failed("cannot close '" + path + "'", e);
      }
      ScratchFolder.delete(path);
      file = null;
    }
  }

  private RandomAccessFile open() throws IOException {
    if (file == null) {
      path = folder.newFile();
      file = new RandomAccessFile(path.toFile(), "rw");
    }
    return file;
  }

  /** Frees what captures have held: more at a time than one write can add. */
  private void freeUnpinned() {
    for (int i = Math.min(2, pinned.size()); i > 0; i--) {
      free(pinned.remove());
    }
  }

  private long place(int size) {
    int sizeClass = sizeClass(size);
    FreePlaces places = free[sizeClass];
    if (places != null && places.count > 0) {
      return places.positions[--places.count];
    }
    long position = end;
    end += bytes(sizeClass);
    return position;
  }

  /** The smallest size of places for so many bytes. */
  static int sizeClass(int size) {
    int last = Math.max(size, SMALLEST) - 1;
    int power = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(last);
    return 4 * power + (last >>> (power - 2) & 3) + 1;
  }

  /** How many bytes a place of a size has. */
  static long bytes(int sizeClass) {
    int power = sizeClass / 4;
    return (4L + sizeClass % 4) << (power - 2);
  }
}
