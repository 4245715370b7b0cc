package io.millrace.state.store;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a store are written and read: a {@link FileHead}, then blocks of content, each
 * with its seal behind it. All blocks but the last are full; there is at least one. Immutable.
 */
final class BlockFormat {
  private static final int BLOCK_SIZE = 1 << 16;

  private final @Nullable SnapshotKey key;
  private final Supplier<byte[]> salts;
  private final int blockSize;

  /**
   * A format whose salts and sizes of blocks are given, for tests of the bytes.
   *
   * @param salts gives 32 bytes, other ones each time
   */
  BlockFormat(@Nullable SnapshotKey key, Supplier<byte[]> salts, int blockSize) {
    this.key = key;
    this.salts = salts;
    this.blockSize = blockSize;
  }

  /**
   * The format of stores.
   *
   * @param key null if they are plain
   */
  static BlockFormat of(@Nullable SnapshotKey key) {
    SecureRandom random = new SecureRandom();
    return new BlockFormat(
        key,
        () -> {
          byte[] salt = new byte[FileHead.SALT_LENGTH];
          random.nextBytes(salt);
          return salt;
        },
        BLOCK_SIZE);
  }

  boolean isEncrypted() {
    return key != null;
  }

  BlockWriter writer(Folder.Output out) throws IOException {
    FileHead head = FileHead.of(key, salts.get(), blockSize);
    return new BlockWriter(out, head, seal(head));
  }

  /**
   * Opens a file.
   *
   * @throws DamagedSnapshotException if it is not there or does not begin as it should
   * @throws MillraceException if it is newer, or there is another key, or one too many or too few
   */
  BlockReader reader(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException ignored) { // said in its own way
      throw StoreErrors.damaged(file, "it is not there");
    }
    try {
      byte[] start = new byte[FileHead.LENGTH];
      int length = BlockReader.read(channel, 0, start, FileHead.LENGTH);
      FileHead head = FileHead.parse(Arrays.copyOf(start, length), file);
      checkKey(head, file);
      return new BlockReader(file, channel, head, seal(head));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Says what to do about a plain file in a store with a key. */
  static MillraceException notEncrypted(Path file) {
    return new MillraceException(
        "the snapshot file '"
            + file
            + "' is not encrypted, and a key is given; leave the key away, or give the job a folder"
            + " of its own for encrypted snapshots");
  }

  private void checkKey(FileHead head, Path file) {
    if (key == null && head.isEncrypted()) {
      throw new MillraceException(
          "the snapshot file '"
              + file
              + "' is encrypted, and no key is given; give the job its key");
    }
    if (key != null && !head.isEncrypted()) {
      throw notEncrypted(file);
    }
    if (key != null && !Arrays.equals(head.keyId(), key.id())) {
      throw new MillraceException(
          "the snapshot file '"
              + file
              + "' is encrypted with another key than the one that is given; give the job the key"
              + " with which it was written");
    }
  }

  private BlockSeal seal(FileHead head) {
    return key == null ? new ChecksumSeal() : new EncryptionSeal(key.ofFile(head.toBytes()));
  }
}
