package io.millrace.spi.snapshot;

/**
 * A run of bytes in a file of a store.
 *
 * @param file the name of the file in its store
 * @param offset of the first byte of content, in bytes
 * @param length of the content as it was given to the store, in bytes
 * @param checksum of the content as it was given to the store (CRC-32C)
 * @param isFull whether it stands by itself; else it is what changed since the part before it
 */
public record Part(String file, long offset, long length, int checksum, boolean isFull) {
  /** The same bytes in a file of another name. */
  public Part withFile(String name) {
    return new Part(name, offset, length, checksum, isFull);
  }
}
