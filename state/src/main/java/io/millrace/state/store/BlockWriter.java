package io.millrace.state.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Writes content into a file of blocks, from its beginning to its end. Used by one thread. */
final class BlockWriter extends OutputStream implements Closeable {
  private final Folder.Output out;
  private final BlockSeal seal;
  private final int blockSize;
  private final byte[] block;
  private final MessageDigest digest;
  private final CRC32C crc = new CRC32C();
  private long blocks;
  private int size;
  private int checked;

  BlockWriter(Folder.Output out, FileHead head, BlockSeal seal) throws IOException {
    this.out = out;
    this.seal = seal;
    this.blockSize = head.blockSize();
    this.block = new byte[blockSize + seal.length()];
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    byte[] bytes = head.toBytes();
    append(bytes, bytes.length);
  }

  /** The length of all content so far. */
  long position() {
    return blocks * blockSize + size;
  }

  @Override
  public void write(int b) throws IOException {
    makeRoom();
    block[size++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      makeRoom();
      int count = Math.min(end - at, blockSize - size);
      System.arraycopy(bytes, at, block, size, count);
      size += count;
      at += count;
    }
  }

  /** CRC-32C of the content since this was last called. */
  int takeChecksum() {
    check();
    int checksum = (int) crc.getValue();
    crc.reset();
    return checksum;
  }

  /**
   * Writes the last block, and returns when all bytes are on stable storage.
   *
   * @return SHA-256 of the file, in hexadecimal digits
   */
  String finish() throws IOException {
    writeBlock(true);
    out.force();
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** A full block is written when more content comes: only then it is known not to be the last. */
  private void makeRoom() throws IOException {
    if (size == blockSize) {
      writeBlock(false);
    }
  }

  private void writeBlock(boolean isLast) throws IOException {
    check();
    seal.seal(blocks, isLast, block, size);
    append(block, size + seal.length());
    blocks++;
    size = 0;
    checked = 0;
  }

  private void check() {
    crc.update(block, checked, size - checked);
    checked = size;
  }

  private void append(byte[] bytes, int length) throws IOException {
    digest.update(bytes, 0, length);
    out.write(ByteBuffer.wrap(bytes, 0, length));
  }
}
