package io.millrace.engine.fault;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of snapshots that earlier commits wrote, and what is in them. */
final class SavedStores {
  private SavedStores() {}

  /** The bytes of all sections of a snapshot, in hexadecimal digits. */
  static Map<String, List<String>> contents(Path stores, String job, long snapshot) {
    Map<String, List<String>> contents = new TreeMap<>();
    try (SnapshotStore store = new FileSnapshotStores(stores, null).open(job)) {
      Manifest manifest = store.manifest(snapshot);
      for (Section section : manifest.sections()) {
        List<String> parts = new ArrayList<>();
        section
            .parts()
            .forEach(
                part ->
                    store.read(
                        part,
                        in -> {
                          byte[] bytes = new byte[(int) part.length()];
                          in.readFully(bytes);
                          parts.add(HexFormat.of().formatHex(bytes));
                        }));
        contents.put(section.name(), parts);
      }
    }
    return contents;
  }

  /** A folder in the resources of tests. */
  static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(SavedStores.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  private static void copyOne(Path from, Path to) {
    try {
      if (Files.isDirectory(from)) {
        Files.createDirectories(to);
      } else {
        Files.copy(from, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
