package io.millrace.state.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/**
 * The classes that Chronicle Map writes and compiles when a process opens its first map. It makes
 * names of methods in the default locale, which fails in one where the capital of i is not I, such
 * as the Turkish one: there the default is another one for that moment.
 */
final class GeneratedClasses {
  private GeneratedClasses() {}

  /** Runs once in a process, when it is first asked for. */
  private static final class Holder {
    private static final boolean MADE = make();

    private Holder() {}
  }

  /** Sees to it that they are there. */
  static void require() {
    if (!Holder.MADE) {
      throw new IllegalStateException("a new map is not empty");
    }
  }

  private static boolean make() {
    Locale before = Locale.getDefault();
    try {
      Path file = Files.createTempFile("millrace", ".map");
      Locale.setDefault(Locale.ROOT);
      try (ChronicleMap<byte[], byte[]> map =
          builder(1, 1).entries(1).createPersistedTo(file.toFile())) {
        return map.isEmpty();
      } finally {
        Locale.setDefault(before);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot make a first map", e);
    }
  }

  /** How all maps are made, but for their size. */
  static ChronicleMapBuilder<byte[], byte[]> builder(double keySize, double valueSize) {
    return ChronicleMapBuilder.of(byte[].class, byte[].class)
        .name("state")
        .averageKeySize(Math.max(1, keySize))
        .averageValueSize(Math.max(1, valueSize))
        .maxBloatFactor(4)
        .putReturnsNull(true)
        .removeReturnsNull(true)
        .checksumEntries(false);
  }
}
