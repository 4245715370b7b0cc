package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.CellCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The rows of a table that have cells: by key the number and the fields, by number the key. There
 * is no file before the first row is stored.
 */
final class ColdRows {
  private static final int NONE = -1;

  /** What the keys of cells begin with. */
  private static final byte BY_KEY = 0;

  private static final byte BY_NUMBER = 1;

  private final CellCodec keyCodec;
  private final CellCodec fieldCodec;

  /** Whether a key cannot be read from the bytes by which it is found. */
  private final boolean hasOwnKeys;

  private final CellMap cells;
  private final StateWriter keyOut = StateWriter.ofCells();
  private final StateWriter rowOut = StateWriter.ofCells();
  private final StateReader in = StateReader.ofCells();

  /** A row as it lies in its cell. */
  record Image(byte[] key, byte[] row) {
    int size() {
      return key.length + row.length;
    }
  }

  /**
   * Begins without rows.
   *
   * @param hot how many rows have no cell while these are filled
   */
  ColdRows(SlotTableSpec spec, ScratchFolder folder, int hot) {
    keyCodec = CellCodec.of(spec.keys());
    fieldCodec = CellCodec.ofFields(spec.fields());
    hasOwnKeys = spec.keys().stream().anyMatch(ColdRows::hasMaps);
    cells = new CellMap(folder, 4L * hot);
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
   * Finds the number of a key; if there is one, {@link #readFound} may follow.
   *
   * @return the number, or -1
   */
  int find(Column[] keys, int row) {
    byte[] cell = cells.get(key(keys, row));
    return cell == null ? NONE : begin(cell);
  }

  /** Reads the row that was found last: its fields, and its key if that is not as it was given. */
  void readFound(Column[] keys, Column[] fields, int row) {
    try {
      if (hasOwnKeys) {
        keyCodec.read(keys, row, in);
      }
      fieldCodec.read(fields, row, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the row of a number that has a cell. */
  void read(int number, Column[] keys, Column[] fields, int row) {
    Image image = image(number);
    readKey(image, keys, row);
    begin(image.row);
    readFound(keys, fields, row);
  }

  /** The row of a number that has a cell. */
  Image image(int number) {
    byte[] key = cells.get(numberKey(number));
    byte[] content = key == null ? null : Arrays.copyOfRange(key, CellMap.HEAD, key.length);
    byte[] row = content == null ? null : cells.get(content);
    if (content == null || row == null) {
      throw new IllegalStateException("number " + number + " has no cell");
    }
    return new Image(content, row);
  }

  /** A row that has no cell, as it would lie in one. */
  Image image(int number, Column[] keys, Column[] fields, int row) {
    byte[] key = key(keys, row);
    writeRow(number, keys, fields, row);
    byte[] cell = new byte[CellMap.HEAD + rowOut.size()];
    System.arraycopy(rowOut.bytes(), 0, cell, CellMap.HEAD, rowOut.size());
    return new Image(key, cell);
  }

  /** Reads a row as a capture holds it, into columns whose row has the values of a new one. */
  void readCaptured(Image image, Column[] keys, Column[] fields, int row) {
    try {
      readKey(image, keys, row);
      begin(image.row);
      if (hasOwnKeys) {
        keyCodec.read(keys, row, in);
      }
      fieldCodec.readCaptured(fields, row, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a row to its cell.
   *
   * @param isNew whether it has none yet
   */
  void store(int number, Column[] keys, Column[] fields, int row, boolean isNew) {
    byte[] key = key(keys, row);
    writeRow(number, keys, fields, row);
    cells.put(key, rowOut.bytes(), rowOut.size());
    if (isNew) {
      cells.put(numberKey(number), key, key.length);
    }
  }

  /** Removes the cell of a row. */
  void remove(int number, Column[] keys, int row) {
    cells.remove(key(keys, row));
    cells.remove(numberKey(number));
  }

  /** Removes all cells, and their file. */
  void clear() {
    cells.close();
  }

  private void readKey(Image image, Column[] keys, int row) {
    if (hasOwnKeys) {
      return;
    }
    try {
      in.begin(image.key, 1, image.key.length);
      keyCodec.readKey(keys, row, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins to read a row's cell and gives its number. */
  private int begin(byte[] cell) {
    try {
      in.begin(cell, CellMap.HEAD, cell.length);
      return in.readInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] key(Column[] keys, int row) {
    try {
      keyOut.begin();
      keyOut.writeByte(BY_KEY);
      keyCodec.writeKey(keys, row, keyOut);
      return Arrays.copyOf(keyOut.bytes(), keyOut.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeRow(int number, Column[] keys, Column[] fields, int row) {
    try {
      rowOut.begin();
      rowOut.writeUnsigned(number);
      if (hasOwnKeys) {
        keyCodec.write(keys, row, rowOut);
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
