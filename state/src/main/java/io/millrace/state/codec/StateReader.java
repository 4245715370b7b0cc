package io.millrace.state.codec;

import io.millrace.spi.error.MillraceException;
import java.io.DataInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link StateWriter} wrote, in the same order. It never reads beyond the last block
 * that was flushed. Whether the bytes are whole is for a checksum around them to say; bytes that
 * make no sense all the same end in a {@link MillraceException}.
 */
public final class StateReader {
  /** How many bytes must lie behind a cell from which {@link #readLongs} reads. */
  public static final int ROOM = Long.BYTES;

  /** Room behind a block, so that a number of fewer bytes is read as a whole long. */
  private static final int MARGIN = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final @Nullable DataInput in;
  private final @Nullable StringDictionary dictionary;
  private byte[] block = new byte[0];
  private int size;
  private int at;

  public StateReader(DataInput in) {
    this.in = in;
    dictionary = new StringDictionary();
  }

  private StateReader() {
    in = null;
    dictionary = null;
  }

  /** A reader of cells, see {@link StateWriter#ofCells}. */
  public static StateReader ofCells() {
    return new StateReader();
  }

  /** Begins a cell: the bytes {@code [from, to)}. */
  public void begin(byte[] bytes, int from, int to) {
    block = bytes;
    at = from;
    size = to;
  }

  public int readByte() throws IOException {
    load();
    return block[at++];
  }

  public long readLong() throws IOException {
    load();
    if (Long.BYTES > size - at) {
      throw damaged();
    }
    long value = (long) LONG.get(block, at);
    at += Long.BYTES;
    return value;
  }

  public long readUnsigned() throws IOException {
    load();
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte bits = next();
      value |= (long) (bits & 0x7F) << shift;
      if (bits >= 0) {
        return value;
      }
    }
    throw damaged();
  }

  public long readSigned() throws IOException {
    long value = readUnsigned();
    return value >>> 1 ^ -(value & 1);
  }

  /** Reads a number that was written as unsigned and is a count or an index. */
  public int readInt() throws IOException {
    long value = readUnsigned();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw damaged();
    }
    return (int) value;
  }

  public byte[] readBytes() throws IOException {
    int length = readInt();
    if (length > size - at) {
      throw damaged();
    }
    byte[] bytes = Arrays.copyOfRange(block, at, at + length);
    at += length;
    return bytes;
  }

  /** Reads a text that cannot be missing. */
  public String readString() throws IOException {
    String text = readNullableString();
    if (text == null) {
      throw damaged();
    }
    return text;
  }

  @Nullable String readNullableString() throws IOException {
    int form = readInt();
    if (form == StateWriter.NULL_STRING) {
      return null;
    }
    if (form >= StateWriter.FIRST_REFERENCE) {
      String known =
          dictionary == null ? null : dictionary.text(form - StateWriter.FIRST_REFERENCE);
      if (known == null) {
        throw damaged();
      }
      return known;
    }
    byte[] bytes = readBytes();
    String text =
        form == StateWriter.LATIN_STRING
            ? new String(bytes, StandardCharsets.ISO_8859_1)
            : wide(bytes);
    if (dictionary != null) {
      dictionary.remember(text);
    }
    return text;
  }

  /** Reads {@code count} numbers that were written together. */
  public void readLongs(long[] values, int count) throws IOException {
    int width = readByte();
    long smallest = readLong();
    if (width < 0 || width > Long.BYTES || (long) count * width > size - at) {
      throw damaged();
    }
    int unused = 64 - 8 * width;
    for (int i = 0; i < count; i++) {
      long distance = width == 0 ? 0 : (long) LONG.get(block, at) >>> unused;
      at += width;
      values[i] = smallest + distance;
    }
  }

  /** What bytes that make no sense are answered with. */
  public static MillraceException damaged() {
    return new MillraceException(
        "the saved state is damaged: its bytes make no sense; restore an earlier snapshot");
  }

  private static String wide(byte[] bytes) {
    char[] chars = new char[bytes.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) (bytes[2 * i] << 8 | (bytes[2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }

  private byte next() {
    if (at == size) {
      throw damaged();
    }
    return block[at++];
  }

  private void load() throws IOException {
    if (at < size) {
      return;
    }
    int length = in == null ? 0 : in.readInt();
    if (in == null || length <= 0) {
      throw damaged();
    }
    if (block.length < length + MARGIN) {
      block = new byte[length + MARGIN];
    }
    in.readFully(block, 0, length);
    size = length;
    at = 0;
  }
}
