package io.millrace.state.store;

import io.millrace.spi.snapshot.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;

/**
 * The content of a part. Hands out bytes of checked blocks only; {@link #checkRest} checks the part
 * as a whole. Used by one thread.
 */
final class PartInput extends InputStream {
  private final BlockReader reader;
  private final Part part;
  private final byte[] block;
  private final CRC32C crc = new CRC32C();
  private long remaining;
  private long nextBlock;
  private int at;
  private int end;

  PartInput(BlockReader reader, Part part) {
    this.reader = reader;
    this.part = part;
    this.block = reader.newBlock();
    this.remaining = part.length();
    this.nextBlock = part.offset() / reader.blockSize();
    long last = part.offset() + part.length();
    if (part.offset() < 0 || part.length() < 0 || last < 0 || last > reader.length()) {
      throw StoreErrors.damaged(
          reader.file(),
          "it holds "
              + reader.length()
              + " bytes, and the snapshot needs "
              + part.length()
              + " from byte "
              + part.offset()
              + " on");
    }
  }

  @Override
  public int read() throws IOException {
    if (at == end && !load()) {
      return -1;
    }
    return block[at++] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && !load()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(block, at, bytes, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return end - at;
  }

  /**
   * Reads what has not been read.
   *
   * @throws io.millrace.spi.snapshot.DamagedSnapshotException if the part is not what was written
   */
  void checkRest() throws IOException {
    boolean more = true;
    while (more) {
      more = load();
    }
    if ((int) crc.getValue() != part.checksum()) {
      throw StoreErrors.damaged(
          reader.file(), "it holds other bytes than those of which the snapshot was made");
    }
  }

  /** Takes the next block, if the part has more. */
  private boolean load() throws IOException {
    if (remaining == 0) {
      return false;
    }
    int size = reader.read(nextBlock, block);
    long start = nextBlock * reader.blockSize();
    at = (int) Math.max(0, part.offset() - start);
    end = (int) Math.min(size, at + remaining);
    crc.update(block, at, end - at);
    remaining -= end - at;
    nextBlock++;
    return true;
  }
}
