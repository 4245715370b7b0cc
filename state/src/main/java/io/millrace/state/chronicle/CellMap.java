package io.millrace.state.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;
import org.jspecify.annotations.Nullable;

/**
 * Cells of bytes by keys of bytes in a file that grows. A Chronicle Map has the size that it was
 * made for; when it is full a map four times as large takes what comes from then on, and entries
 * move over a few at a time, so that no call waits for all of them. Used by one thread at a time.
 *
 * <p>No key may be the beginning of another. Long values are cut into pieces: a map of small
 * entries has no place for a large one.
 */
final class CellMap implements AutoCloseable {
  /** Where the content of a value begins. */
  static final int HEAD = 1;

  private static final byte WHOLE = 0;
  private static final byte IN_PIECES = 1;
  private static final int PIECE = 2_048;
  private static final long FEWEST_ENTRIES = 1 << 14;
  private static final int GROWTH = 4;
  private static final int PUTS_PER_CHECK = 64;
  private static final int MOVES_PER_CHECK = 512;

  private final ScratchFolder folder;
  private final long firstEntries;
  private @Nullable CellFile current;
  private @Nullable CellFile older;
  private int olderSegment;
  private boolean anyPieces;
  private long puts;

  /** The number of puts at which the entries are to be counted. */
  private long nextCount;

  private long bytesOfKeys;
  private long bytesOfValues;

  /** A map, its file, and the number of entries that it was made for. */
  private record CellFile(ChronicleMap<byte[], byte[]> map, Path path, long entries) {
    void close() {
      map.close();
      ScratchFolder.delete(path);
    }
  }

  /**
   * Begins without a file.
   *
   * @param entries how many entries the first file is made for, at least
   */
  CellMap(ScratchFolder folder, long entries) {
    this.folder = folder;
    this.firstEntries = Math.max(FEWEST_ENTRIES, entries);
  }

  /** The value of a key, whose content begins at {@link #HEAD}; or null. */
  byte @Nullable [] get(byte[] key) {
    byte[] value = find(key);
    if (value == null || value[0] == WHOLE) {
      return value;
    }
    byte[] whole = new byte[HEAD];
    for (int piece = 0; piece < pieces(value); piece++) {
      byte[] part = find(pieceKey(key, piece));
      if (part == null) {
        throw new IllegalStateException("a piece of a cell is missing");
      }
      int size = whole.length;
      whole = Arrays.copyOf(whole, size + part.length);
      System.arraycopy(part, 0, whole, size, part.length);
    }
    return whole;
  }

  /** Puts the first {@code size} bytes in the place of what a key has. */
  void put(byte[] key, byte[] bytes, int size) {
    removePieces(key);
    if (size <= PIECE) {
      byte[] value = new byte[HEAD + size];
      System.arraycopy(bytes, 0, value, HEAD, size);
      putEntry(key, value);
      return;
    }
    anyPieces = true;
    int count = (size + PIECE - 1) / PIECE;
    putEntry(key, ByteBuffer.allocate(HEAD + Integer.BYTES).put(IN_PIECES).putInt(count).array());
    for (int piece = 0; piece < count; piece++) {
      int from = piece * PIECE;
      putEntry(pieceKey(key, piece), Arrays.copyOfRange(bytes, from, Math.min(size, from + PIECE)));
    }
  }

  void remove(byte[] key) {
    removePieces(key);
    removeEntry(key);
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
      current = null;
    }
    if (older != null) {
      older.close();
      older = null;
    }
  }

  private void removePieces(byte[] key) {
    byte[] value = anyPieces ? find(key) : null;
    if (value != null && value[0] == IN_PIECES) {
      for (int piece = 0; piece < pieces(value); piece++) {
        removeEntry(pieceKey(key, piece));
      }
    }
  }

  private static int pieces(byte[] value) {
    return ByteBuffer.wrap(value).getInt(HEAD);
  }

  private static byte[] pieceKey(byte[] key, int piece) {
    return ByteBuffer.allocate(key.length + Integer.BYTES).put(key).putInt(piece).array();
  }

  private byte @Nullable [] find(byte[] key) {
    byte[] value = current == null ? null : current.map.get(key);
    return value == null && older != null ? older.map.get(key) : value;
  }

  private void removeEntry(byte[] key) {
    if (current != null) {
      current.map.remove(key);
    }
    if (older != null) {
      older.map.remove(key);
    }
  }

  private void putEntry(byte[] key, byte[] value) {
    bytesOfKeys += key.length;
    bytesOfValues += value.length;
    puts++;
    CellFile file = current == null ? open(firstEntries) : current;
    current = file;
    try {
      file.map.put(key, value);
    } catch (IllegalStateException full) { // its entries were larger than those before
      grow();
      putEntry(key, value);
      return;
    }
    if (puts % PUTS_PER_CHECK == 0) {
      if (older != null) {
        move(older, file, MOVES_PER_CHECK);
      } else if (puts >= nextCount) {
        countEntries(file);
      }
    }
  }

  /** Grows if the map is full; else it cannot be before so many puts. Counting is costly. */
  private void countEntries(CellFile file) {
    long room = file.entries - file.map.longSize();
    if (room <= 0) {
      grow();
    }
    nextCount = puts + Math.max(room, PUTS_PER_CHECK);
  }

  /** Begins a larger map; what the one before had must have been moved. */
  private void grow() {
    CellFile full = current;
    if (full == null) {
      throw new IllegalStateException("nothing has been put");
    }
    if (older != null) {
      throw ScratchFolder.failed(
          "state grows faster than '" + full.path + "' can",
          new IllegalStateException("a map of " + full.entries + " entries is full"));
    }
    current = open(GROWTH * full.entries);
    older = full;
    olderSegment = 0;
  }

  /** Moves some entries, and closes the older map when it has none left. */
  private void move(CellFile from, CellFile to, int most) {
    int[] moved = new int[1];
    while (olderSegment < from.map.segments() && moved[0] < most) {
      try (MapSegmentContext<byte[], byte[], ?> segment = from.map.segmentContext(olderSegment)) {
        boolean isDone =
            segment.forEachSegmentEntryWhile(
                entry -> {
                  to.map.putIfAbsent(
                      entry.key().get(), ((MapEntry<byte[], byte[]>) entry).value().get());
                  entry.doRemove();
                  return ++moved[0] < most;
                });
        if (isDone) {
          olderSegment++;
        }
      }
    }
    if (olderSegment == from.map.segments()) {
      from.close();
      older = null;
    }
  }

  private CellFile open(long entries) {
    Path path = folder.newFile();
    try {
      ChronicleMap<byte[], byte[]> map =
          GeneratedClasses.builder((double) bytesOfKeys / puts, (double) bytesOfValues / puts)
              .entries(entries)
              .createPersistedTo(path.toFile());
      return new CellFile(map, path, entries);
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot make a file for state, '" + path + "'", e);
    }
  }
}
