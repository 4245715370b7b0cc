package io.millrace.state.store;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads and checks the blocks of a file, any of them at any time. Used by one thread. */
final class BlockReader implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final BlockSeal seal;
  private final int blockSize;
  private final long fileLength;
  private final long blocks;

  BlockReader(Path file, FileChannel channel, FileHead head, BlockSeal seal) throws IOException {
    this.file = file;
    this.channel = channel;
    this.seal = seal;
    this.blockSize = head.blockSize();
    this.fileLength = channel.size();
    long sealed = (long) blockSize + seal.length();
    blocks = (fileLength - FileHead.LENGTH + sealed - 1) / sealed;
    if (blocks == 0 || sizeOf(blocks - 1) < 0) {
      throw StoreErrors.damaged(file, "it is cut off after " + fileLength + " bytes");
    }
  }

  Path file() {
    return file;
  }

  int blockSize() {
    return blockSize;
  }

  /** The length of the content of all blocks. */
  long length() {
    return (blocks - 1) * blockSize + sizeOf(blocks - 1);
  }

  /** An array that holds a block. */
  byte[] newBlock() {
    return new byte[blockSize + seal.length()];
  }

  /**
   * Reads a block.
   *
   * @param block of {@link #newBlock}
   * @return the length of its content
   * @throws io.millrace.spi.snapshot.DamagedSnapshotException if it is not as it was written
   */
  int read(long index, byte[] block) throws IOException {
    int size = sizeOf(index);
    int sealed = size + seal.length();
    boolean isWhole =
        read(channel, startOf(index), block, sealed) == sealed
            && seal.open(index, index == blocks - 1, block, size);
    if (!isWhole) {
      throw StoreErrors.damaged(
          file, "block " + index + " of " + blocks + " does not hold the bytes that were written");
    }
    return size;
  }

  /** The content of all blocks. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] block = newBlock();
    for (long index = 0; index < blocks; index++) {
      content.write(block, 0, read(index, block));
    }
    return content.toByteArray();
  }

  /** Reads bytes, fewer if the file ends. Returns how many. */
  static int read(FileChannel channel, long position, byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = channel.read(buffer, position + buffer.position());
    }
    return buffer.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private long startOf(long index) {
    return FileHead.LENGTH + index * (blockSize + seal.length());
  }

  private int sizeOf(long index) {
    return (int) Math.min(blockSize, fileLength - startOf(index) - seal.length());
  }
}
