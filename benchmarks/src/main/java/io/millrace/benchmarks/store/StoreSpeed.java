package io.millrace.benchmarks.store;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotWriter;
import io.millrace.state.store.FileSnapshotStore;
import io.millrace.state.store.SnapshotKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Measures a full snapshot of 1 GiB, plain and encrypted, until it is on stable storage, beside a
 * bare file of the same length; reading it; and small snapshots, one after the other.
 *
 * <p>Argument: a folder on the disk that is measured.
 */
public final class StoreSpeed {
  private static final int PIECE = 1 << 16;
  private static final int PIECES = 1 << 14;
  private static final int SMALL = 200;

  private StoreSpeed() {}

  /** Runs all variants. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path keyFile = Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4));
    SnapshotKey key = SnapshotKey.fromFile(keyFile);
    byte[] piece = new byte[PIECE];
    new SplittableRandom(1).nextBytes(piece);
    for (int round = 0; round < 3; round++) {
      bare(folder.resolve("bare"), piece);
      store(folder.resolve("plain"), "plain", null, piece);
      store(folder.resolve("encrypted"), "encrypted", key, piece);
    }
  }

  private static void bare(Path file, byte[] piece) throws IOException {
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < PIECES; i++) {
        channel.write(ByteBuffer.wrap(piece));
      }
      channel.force(true);
    }
    report("bare file, write and force", start);
    Files.delete(file);
  }

  private static void store(Path folder, String name, @Nullable SnapshotKey key, byte[] piece) {
    try (FileSnapshotStore store = FileSnapshotStore.open(folder, key)) {
      long start = System.nanoTime();
      Manifest manifest;
      try (SnapshotWriter writer = store.begin("speed", 1, null)) {
        writer.writeFull(
            "all",
            out -> {
              for (int i = 0; i < PIECES; i++) {
                out.write(piece);
              }
            });
        manifest = writer.finish(0, Map.of());
      }
      report(name + ", write", start);
      start = System.nanoTime();
      Part part = manifest.sections().get(0).parts().get(0);
      store.read(
          part,
          in -> {
            for (int i = 0; i < PIECES; i++) {
              in.readFully(piece);
            }
          });
      report(name + ", read", start);
      small(store, name);
      store.retain(Set.of());
    }
  }

  private static void small(FileSnapshotStore store, String name) {
    long start = System.nanoTime();
    for (int i = 0; i < SMALL; i++) {
      try (SnapshotWriter writer = store.begin("speed", 2L + i, null)) {
        writer.writeFull("all", out -> out.writeLong(1));
        writer.finish(0, Map.of());
      }
    }
    double millis = (System.nanoTime() - start) / 1e6 / SMALL;
    System.out.printf(Locale.ROOT, "%-28s %8.2f ms each%n", name + ", 8 bytes", millis);
  }

  private static void report(String what, long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    double megabytes = (double) PIECES * PIECE / 1e6;
    System.out.printf(Locale.ROOT, "%-28s %8.0f MB/s%n", what, megabytes / seconds);
  }
}
