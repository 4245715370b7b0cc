package io.millrace.state.store;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first 64 bytes of a file of blocks, numbers with the highest byte first:
 *
 * <pre>
 *  0  "MILLSNAP"
 *  8  int: version of the format
 * 12  int: 0 if plain, 1 if encrypted with AES-256-GCM
 * 16  8 bytes: which key; zero if plain
 * 24  32 bytes: random; zero if plain
 * 56  int: size of a block's content
 * 60  int: CRC-32C of all before
 * </pre>
 *
 * <p>All versions have the first, the second and the last line in common.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FileHead(boolean isEncrypted, byte[] keyId, byte[] salt, int blockSize) {
  static final int LENGTH = 64;
  static final int VERSION = 1;
  static final int SALT_LENGTH = 32;
  static final byte[] MAGIC = "MILLSNAP".getBytes(StandardCharsets.US_ASCII);

  private static final int AT_CHECKSUM = 60;
  private static final int LARGEST_BLOCK = 1 << 24;

  /**
   * Says how a file is written.
   *
   * @param salt of {@link #SALT_LENGTH} bytes that no other file has
   */
  static FileHead of(@Nullable SnapshotKey key, byte[] salt, int blockSize) {
    return key == null
        ? new FileHead(false, new byte[SnapshotKey.ID_LENGTH], new byte[SALT_LENGTH], blockSize)
        : new FileHead(true, key.id(), salt, blockSize);
  }

  /**
   * Reads a head.
   *
   * @throws DamagedSnapshotException if it is none
   */
  static FileHead parse(byte[] bytes, Path file) {
    if (!isHead(bytes)) {
      throw StoreErrors.damaged(file, "it does not begin as such a file does");
    }
    if (bytes.length < LENGTH) {
      throw StoreErrors.damaged(file, "it is cut off after " + bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt(AT_CHECKSUM) != checksum(bytes)) {
      throw StoreErrors.damaged(file, "its first 64 bytes are not those that were written");
    }
    buffer.position(MAGIC.length);
    int version = buffer.getInt();
    if (version > VERSION) {
      throw StoreErrors.newer(file, version, VERSION);
    }
    int encryption = buffer.getInt();
    byte[] keyId = new byte[SnapshotKey.ID_LENGTH];
    buffer.get(keyId);
    byte[] salt = new byte[SALT_LENGTH];
    buffer.get(salt);
    int blockSize = buffer.getInt();
    if (version < 1
        || encryption < 0
        || encryption > 1
        || blockSize < 1
        || blockSize > LARGEST_BLOCK) {
      throw StoreErrors.damaged(file, "its first 64 bytes make no sense");
    }
    return new FileHead(encryption == 1, keyId, salt, blockSize);
  }

  /** Whether a file that begins like this is one of blocks. */
  static boolean isHead(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    buffer.put(MAGIC).putInt(VERSION).putInt(isEncrypted ? 1 : 0);
    buffer.put(keyId).put(salt).putInt(blockSize);
    buffer.putInt(checksum(buffer.array()));
    return buffer.array();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, AT_CHECKSUM);
    return (int) crc.getValue();
  }
}
