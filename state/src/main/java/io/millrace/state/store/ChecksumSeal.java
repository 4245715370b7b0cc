package io.millrace.state.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Four bytes of CRC-32C, of the content and of its place. */
final class ChecksumSeal implements BlockSeal {
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer place = ByteBuffer.allocate(Long.BYTES + 1);

  @Override
  public int length() {
    return Integer.BYTES;
  }

  @Override
  public void seal(long index, boolean isLast, byte[] block, int size) {
    ByteBuffer.wrap(block).putInt(size, checksum(index, isLast, block, size));
  }

  @Override
  public boolean open(long index, boolean isLast, byte[] block, int size) {
    return ByteBuffer.wrap(block).getInt(size) == checksum(index, isLast, block, size);
  }

  private int checksum(long index, boolean isLast, byte[] block, int size) {
    crc.reset();
    crc.update(block, 0, size);
    place.clear();
    crc.update(place.putLong(index).put((byte) (isLast ? 1 : 0)).flip());
    return (int) crc.getValue();
  }
}
