package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.CellCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table that are in files: by key the number, in cells, and by number the row, in
 * records. So whoever goes through rows by their numbers reads the file of records in its order. A
 * row that is too long for a record has a cell by its number. There is no file before the first row
 * is stored.
 */
final class ColdRows {
  private static final int NONE = -1;

  /** What the keys of cells begin with. */
  private static final byte BY_KEY = 0;

  private static final byte BY_NUMBER = 1;

  private static final byte BY_DIGEST = 2;

  /**
   * Longer keys have a digest in their place: a map of small entries has no place for a large one.
   */
  private static final int LONGEST_KEY = 512;

  /** The sizes that records may have. */
  private static final int SMALLEST = 16;

  private static final int LARGEST = 1_024;

  /** The most bytes of a value of fixed size, and room for one of another. */
  private static final int FIXED = 11;

  private static final int OTHER = 24;

  /** Of more values not all are expected to be so long. */
  private static final int FEW_VALUES = 96;

  private final CellCodec keyCodec;
  private final CellCodec fieldCodec;

  /** Whether a key cannot be read from the bytes by which it is found. */
  private final boolean hasOwnKeys;

  private final CellMap cells;
  private final RecordFile records;

  /** Whether there may be a row that is too long for a record. */
  private boolean anyLong;

  private final StateWriter keyOut = StateWriter.ofCells();
  private final StateWriter rowOut = StateWriter.ofCells();
  private final StateReader in = StateReader.ofCells();

  /** A row as it lies in its record: the key and the fields. */
  record Image(byte[] row) {
    int size() {
      return row.length;
    }
  }

  /**
   * Begins without rows.
   *
   * @param hot how many rows are in memory while these are stored
   */
  ColdRows(SlotTableSpec spec, ScratchFolder folder, int hot) {
    keyCodec = CellCodec.of(spec.keys());
    fieldCodec = CellCodec.ofFields(spec.fields());
    hasOwnKeys = spec.keys().stream().anyMatch(ColdRows::hasMaps);
    cells = new CellMap(folder, 2L * hot);
    records = new RecordFile(folder);
  }

  /**
   * Whether values of the type have an order that makes them look different while they are equal.
   */
  private static boolean hasMaps(DataType type) {
    if (type instanceof DataType.Array array) {
      return hasMaps(array.element());
    }
    if (type instanceof DataType.StructOf struct) {
      return struct.fields().stream().anyMatch(field -> hasMaps(field.type()));
    }
    return type instanceof DataType.MapOf;
  }

  /**
   * Finds the number of a key whose row is stored.
   *
   * @return the number, or -1
   */
  int find(Column[] keys, int row) {
    byte[] cell = cells.get(key(keys, row));
    if (cell == null) {
      return NONE;
    }
    try {
      in.begin(cell, CellMap.HEAD, cell.length);
      return in.readInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the row of a number that is stored into one that has the values of a new one. */
  void read(int number, Column[] keys, Column[] fields, int row) {
    try {
      begin(number);
      readKey(keys, row);
      fieldCodec.read(fields, row, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The row of a number that is stored. */
  Image image(int number) {
    int size = records.read(number);
    if (size != RecordFile.LONG) {
      return new Image(Arrays.copyOf(records.bytes(), size));
    }
    byte[] cell = longRow(number);
    return new Image(Arrays.copyOfRange(cell, CellMap.HEAD, cell.length));
  }

  /** A row that is not stored, as it would lie in its record. */
  Image image(Column[] keys, Column[] fields, int row) {
    writeRow(keys, fields, row);
    return new Image(Arrays.copyOf(rowOut.bytes(), rowOut.size()));
  }

  /** Reads a row as a capture holds it, into columns whose row has the values of a new one. */
  void readCaptured(Image image, Column[] keys, Column[] fields, int row) {
    try {
      in.begin(image.row, 0, image.row.length);
      readKey(keys, row);
      fieldCodec.readCaptured(fields, row, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether rows can be stored: {@link #begin} has been called since the rows were removed. */
  boolean hasBegun() {
    return records.hasBegun();
  }

  /**
   * Says what rows look like, before the first is stored.
   *
   * @param samples some rows of the columns, at least one
   */
  void begin(Column[] keys, Column[] fields, int[] samples) {
    int[] sizes = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      writeRow(keys, fields, samples[i]);
      sizes[i] = rowOut.size();
    }
    Arrays.sort(sizes);
    records.begin(recordSize(keys, fields, sizes[sizes.length - 1 - sizes.length / 16]));
  }

  /**
   * How many bytes records have: half as many again as nearly all samples, as numbers and texts may
   * become longer, and what a few values may take at most. It is a guess: longer rows have cells.
   */
  private static int recordSize(Column[] keys, Column[] fields, int sample) {
    int most = 0;
    for (Column[] columns : List.of(keys, fields)) {
      for (Column column : columns) {
        most += column instanceof ObjectColumn ? OTHER : FIXED;
      }
    }
    int size = Math.max(Math.min(most, FEW_VALUES), sample + sample / 2);
    return size <= LARGEST ? size : sample <= LARGEST ? LARGEST : SMALLEST;
  }

  /**
   * Stores a row.
   *
   * @param isNew whether it is not stored yet
   */
  void store(int number, Column[] keys, Column[] fields, int row, boolean isNew) {
    writeRow(keys, fields, row);
    boolean wasLong = !isNew && anyLong && records.read(number) == RecordFile.LONG;
    if (!records.put(number, rowOut.bytes(), rowOut.size())) {
      anyLong = true;
      cells.put(numberKey(number), rowOut.bytes(), rowOut.size());
    } else if (wasLong) {
      cells.remove(numberKey(number));
    }
    if (isNew) {
      try {
        rowOut.begin();
        rowOut.writeUnsigned(number);
        cells.put(key(keys, row), rowOut.bytes(), rowOut.size());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes a row that is stored. */
  void remove(int number, Column[] keys, int row) {
    cells.remove(key(keys, row));
    if (anyLong && records.read(number) == RecordFile.LONG) {
      cells.remove(numberKey(number));
    }
  }

  /** Removes all rows, and their files. */
  void clear() {
    cells.close();
    records.close();
    anyLong = false;
  }

  /** Begins to read the row of a number. */
  private void begin(int number) {
    int size = records.read(number);
    if (size != RecordFile.LONG) {
      in.begin(records.bytes(), 0, size);
    } else {
      byte[] cell = longRow(number);
      in.begin(cell, CellMap.HEAD, cell.length);
    }
  }

  private byte[] longRow(int number) {
    byte[] cell = cells.get(numberKey(number));
    if (cell == null) {
      throw new IllegalStateException("number " + number + " has no cell");
    }
    return cell;
  }

  private void readKey(Column[] keys, int row) throws IOException {
    if (hasOwnKeys) {
      keyCodec.read(keys, row, in);
    } else {
      keyCodec.readKey(keys, row, in);
    }
  }

  /** The key of the cell that has a row's number. */
  private byte[] key(Column[] keys, int row) {
    try {
      keyOut.begin();
      keyOut.writeByte(BY_KEY);
      keyCodec.writeKey(keys, row, keyOut);
      byte[] key = Arrays.copyOf(keyOut.bytes(), keyOut.size());
      return key.length <= LONGEST_KEY ? key : digest(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] digest(byte[] key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
      return ByteBuffer.allocate(1 + digest.length).put(BY_DIGEST).put(digest).array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void writeRow(Column[] keys, Column[] fields, int row) {
    try {
      rowOut.begin();
      if (hasOwnKeys) {
        keyCodec.write(keys, row, rowOut);
      } else {
        keyCodec.writeKey(keys, row, rowOut);
      }
      fieldCodec.write(fields, row, rowOut);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] numberKey(int number) {
    return ByteBuffer.allocate(1 + Integer.BYTES).put(BY_NUMBER).putInt(number).array();
  }
}
