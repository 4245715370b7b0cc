package io.millrace.state.codec;

import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitives of the saved form in blocks: a length of four bytes, then so many bytes. A
 * primitive never spans two blocks, so that a reader works on whole arrays. Big-endian. {@link
 * #flush} ends it.
 *
 * <p>A string that was written before is written as its number: see {@link StringDictionary}.
 */
public final class StateWriter {
  /** What may be written behind a block's end before it is cut off. */
  private static final int MARGIN = 16;

  private static final int BLOCK = 1 << 16;
  private static final int FIRST_CELL = 256;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  static final int NULL_STRING = 0;
  static final int LATIN_STRING = 1;
  static final int WIDE_STRING = 2;
  static final int FIRST_REFERENCE = 3;

  private final @Nullable DataOutput out;
  private final @Nullable StringDictionary dictionary;
  private byte[] block;
  private int size;

  public StateWriter(DataOutput out) {
    this.out = out;
    dictionary = new StringDictionary();
    block = new byte[BLOCK + MARGIN];
  }

  private StateWriter() {
    out = null;
    dictionary = null;
    block = new byte[FIRST_CELL];
  }

  /**
   * A writer of cells: runs of bytes that stand by themselves, to be taken by {@link #bytes} and
   * {@link #size}, and begun anew by {@link #begin}.
   */
  public static StateWriter ofCells() {
    return new StateWriter();
  }

  /** Begins a cell. */
  public void begin() {
    size = 0;
  }

  /** What was written since {@link #begin}, at the front of an array. */
  public byte[] bytes() {
    return block;
  }

  public int size() {
    return size;
  }

  public void writeByte(int value) throws IOException {
    reserve(1);
    block[size++] = (byte) value;
  }

  public void writeLong(long value) throws IOException {
    reserve(Long.BYTES);
    LONG.set(block, size, value);
    size += Long.BYTES;
  }

  /** Writes a number as unsigned, seven bits to a byte: small ones take one byte. */
  public void writeUnsigned(long value) throws IOException {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      block[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    block[size++] = (byte) rest;
  }

  /** Writes a number of either sign: those near 0 take one byte. */
  public void writeSigned(long value) throws IOException {
    writeUnsigned(value << 1 ^ value >> 63);
  }

  /** Writes the length and the bytes. */
  public void writeBytes(byte[] bytes, int length) throws IOException {
    reserve(5 + length);
    writeUnsigned(length);
    System.arraycopy(bytes, 0, block, size, length);
    size += length;
  }

  /** Writes a text exactly, unpaired surrogates included. */
  public void writeString(String text) throws IOException {
    int known = dictionary == null ? -1 : dictionary.find(text);
    if (known >= 0) {
      writeUnsigned(FIRST_REFERENCE + known);
      return;
    }
    if (isLatin(text)) {
      writeByte(LATIN_STRING);
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      writeBytes(bytes, bytes.length);
    } else {
      writeByte(WIDE_STRING);
      byte[] bytes = new byte[2 * text.length()];
      for (int i = 0; i < text.length(); i++) {
        bytes[2 * i] = (byte) (text.charAt(i) >>> 8);
        bytes[2 * i + 1] = (byte) text.charAt(i);
      }
      writeBytes(bytes, bytes.length);
    }
    if (dictionary != null) {
      dictionary.add(text);
    }
  }

  /** Writes what {@link StateReader#readString} gives as null. */
  void writeNullString() throws IOException {
    writeByte(NULL_STRING);
  }

  /**
   * Writes {@code count} numbers as their distances from the smallest, in as few whole bytes each
   * as the greatest distance needs.
   */
  public void writeLongs(long[] values, int count) throws IOException {
    long smallest = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      smallest = Math.min(smallest, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    int width = (64 - Long.numberOfLeadingZeros(count == 0 ? 0 : greatest - smallest) + 7) >>> 3;
    reserve(1 + Long.BYTES + count * width);
    block[size++] = (byte) width;
    writeLong(smallest);
    int unused = 64 - 8 * width;
    for (int i = 0; width > 0 && i < count; i++) {
      LONG.set(block, size, (values[i] - smallest) << unused);
      size += width;
    }
  }

  /** Hands everything written so far to the output below. */
  public void flush() throws IOException {
    if (size > 0 && out != null) {
      out.writeInt(size);
      out.write(block, 0, size);
      size = 0;
    }
  }

  private void reserve(int bytes) throws IOException {
    if (out == null) {
      if (size + bytes + MARGIN > block.length) {
        block = Arrays.copyOf(block, Math.max(size + bytes + MARGIN, 2 * block.length));
      }
      return;
    }
    if (size + bytes <= BLOCK) {
      return;
    }
    flush();
    if (bytes + MARGIN > block.length) {
      block = Arrays.copyOf(block, bytes + MARGIN);
    }
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        return false;
      }
    }
    return true;
  }
}
