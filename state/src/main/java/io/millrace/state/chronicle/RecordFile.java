package io.millrace.state.chronicle;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.core.io.IOTools;
import org.jspecify.annotations.Nullable;

/**
 * Records of bytes in a file, one for each number, each at the place that its number says: a record
 * has room for so many bytes, and what is longer lies elsewhere. The file is mapped into memory, a
 * part at a time, when there is the first record in it. There is no file before the first record.
 * Used by one thread.
 *
 * <p>A part is filled with zeros before it is mapped: so a full disk is an error of writing these,
 * and none of a page that is not there, which would end the process.
 */
final class RecordFile implements AutoCloseable {
  /** A record begins with one more than how many bytes it has; 0 is a place without any. */
  private static final int HEAD = Short.BYTES;

  /** The head of a record whose bytes lie elsewhere. */
  private static final short ELSEWHERE = -1;

  /** What {@link #read} gives if the bytes lie elsewhere. */
  static final int LONG = -1;

  /** About how many bytes a small part has. */
  private static final int PART = 1 << 20;

  /** The first numbers have a part of their own, which has a sixteenth of the next ones'. */
  private static final int FIRST_BITS = 4;

  /** So many parts, numbered from 1 on, are small: a system allows few mappings to a process. */
  private static final int SMALL_PARTS = 64;

  /** Those behind them are larger by 2 to the power of this. */
  private static final int LARGE_BITS = 4;

  private static final int PAGE = 1 << 12;
  private static final byte[] ZEROS = new byte[1 << 16];

  private final ScratchFolder folder;
  private @Nullable Path path;
  private int recordSize;

  /** A part has 2 to the power of this many records. */
  private int partBits;

  private @Nullable MappedByteBuffer[] parts = new @Nullable MappedByteBuffer[0];
  private byte[] bytes = new byte[0];

  /** Begins without a file. */
  RecordFile(ScratchFolder folder) {
    this.folder = folder;
  }

  /** Whether {@link #begin} has been called. */
  boolean hasBegun() {
    return recordSize > 0;
  }

  /**
   * Says how many bytes a record has room for; there is none yet.
   *
   * @param size at most 4,096
   */
  void begin(int size) {
    recordSize = HEAD + size;
    partBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(PART / recordSize);
    bytes = new byte[size];
  }

  /**
   * Writes the record of a number, or, if it has no room for so many bytes, that these lie
   * elsewhere.
   *
   * @param from whose first {@code size} bytes are written
   * @return whether it has room
   */
  boolean put(int number, byte[] from, int size) {
    boolean fits = size <= recordSize - HEAD;
    int part = part(number);
    MappedByteBuffer to = part < parts.length ? parts[part] : null;
    if (to == null) {
      to = make(part);
    }
    int at = place(number, part);
    to.putShort(at, fits ? (short) (size + 1) : ELSEWHERE);
    if (fits) {
      to.put(at + HEAD, from, 0, size);
    }
    return fits;
  }

  /**
   * Reads the record of a number, which was put, to the front of {@link #bytes}.
   *
   * @return how many bytes it has; {@link #LONG} if they lie elsewhere
   */
  int read(int number) {
    int part = part(number);
    MappedByteBuffer from = part < parts.length ? parts[part] : null;
    int at = place(number, part);
    short head = from == null ? 0 : from.getShort(at);
    if (from == null || head == 0) {
      throw new IllegalStateException("number " + number + " has no record");
    }
    if (head == ELSEWHERE) {
      return LONG;
    }
    from.get(at + HEAD, bytes, 0, head - 1);
    return head - 1;
  }

  /** What was read last, until something else is. */
  byte[] bytes() {
    return bytes;
  }

  private int part(int number) {
    if (number >>> (partBits - FIRST_BITS) == 0) {
      return 0;
    }
    int small = number >>> partBits;
    return small < SMALL_PARTS
        ? 1 + small
        : 1 + SMALL_PARTS + ((small - SMALL_PARTS) >>> LARGE_BITS);
  }

  /** Where a number's record lies in its part. */
  private int place(int number, int part) {
    int bits = part <= SMALL_PARTS ? partBits : partBits + LARGE_BITS;
    int index = part == 0 ? number : number - first(part);
    assert index >>> bits == 0;
    return index * recordSize;
  }

  /** The first number of a part behind part 0. */
  private int first(int part) {
    int small = part - 1;
    return small <= SMALL_PARTS
        ? small << partBits
        : (SMALL_PARTS + ((small - SMALL_PARTS) << LARGE_BITS)) << partBits;
  }

  private int size(int part) {
    int bits = part == 0 ? partBits - FIRST_BITS : partBits;
    int records = 1 << (part <= SMALL_PARTS ? bits : bits + LARGE_BITS);
    return (records * recordSize + PAGE - 1) / PAGE * PAGE;
  }

  private long position(int part) {
    if (part == 0) {
      return 0;
    }
    long small = Math.min(part - 1, SMALL_PARTS);
    return size(0) + small * size(1) + (part - 1 - small) * size(1 + SMALL_PARTS);
  }

  private MappedByteBuffer make(int part) {
    if (part >= parts.length) {
      parts = Arrays.copyOf(parts, Math.max(part + 1, 2 * parts.length));
    }
    MappedByteBuffer made = map(position(part), size(part));
    parts[part] = made;
    return made;
  }

  /** Maps a part of the file, also in a thread that has been interrupted, and stays so. */
  private MappedByteBuffer map(long position, int size) {
    Path to = path == null ? folder.newFile() : path;
    path = to;
    boolean isInterrupted = Thread.interrupted();
    try {
      while (true) {
        try (RandomAccessFile file = new RandomAccessFile(to.toFile(), "rw")) {
          file.seek(position);
          for (int rest = size; rest > 0; rest -= ZEROS.length) {
            file.write(ZEROS, 0, Math.min(rest, ZEROS.length));
          }
          MappedByteBuffer part =
              file.getChannel().map(FileChannel.MapMode.READ_WRITE, position, size);
          part.order(ByteOrder.nativeOrder());
          return part;
        } catch (ClosedByInterruptException again) { // which came while it mapped
          isInterrupted |= Thread.interrupted();
        }
      }
    } catch (IOException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        throw new MillraceException(
            "cannot map state in '"
                + to
                + "' into memory: the system allows no more mappings to this process; raise"
                + " vm.max_map_count",
            e);
      }
      throw ScratchFolder.failed("cannot write state to '" + to + "'", e);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Removes all records, and the file; {@link #begin} may follow. */
  @Override
  public void close() {
    for (@Nullable MappedByteBuffer part : parts) {
      if (part != null) {
        IOTools.clean(part);
      }
    }
    parts = new @Nullable MappedByteBuffer[0];
    bytes = new byte[0];
    recordSize = 0;
    if (path != null) {
      ScratchFolder.delete(path);
      path = null;
    }
  }
}
