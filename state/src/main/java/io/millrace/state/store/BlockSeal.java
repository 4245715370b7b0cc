package io.millrace.state.store;

/**
 * Puts something behind a block by which every change of it shows: of its bytes, of its place in
 * the file, and of its being the last one. Used by one thread.
 */
interface BlockSeal {
  /** How many bytes it puts behind a block. */
  int length();

  /**
   * Seals a block in place.
   *
   * @param index of the block in its file, from 0
   * @param block has {@link #length} bytes of room behind {@code size}
   */
  void seal(long index, boolean isLast, byte[] block, int size);

  /**
   * Opens a block in place.
   *
   * @param size of the content, without the seal behind it
   * @return whether it is the block that was sealed; if not, its bytes are worth nothing
   */
  boolean open(long index, boolean isLast, byte[] block, int size);
}
