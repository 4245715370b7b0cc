package io.millrace.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the file in which an earlier process stood: under its name; under another one beside it,
 * where logs are rotated; or in the done folder, if a later process had finished it.
 */
final class ResumedFile {
  private ResumedFile() {}

  static Optional<Path> find(FilePosition position, Optional<Path> doneFolder) throws IOException {
    Path file = Path.of(position.file());
    boolean isThere = Files.isRegularFile(file) && continues(file, position);
    if (isThere && (position.key().isEmpty() || position.key().equals(InputFile.key(file)))) {
      return Optional.of(file);
    }
    List<Path> others = new ArrayList<>(in(Disk.folderOf(file)));
    List<Path> done = doneFolder.isPresent() ? in(doneFolder.get()) : List.of();
    others.addAll(done);
    for (Path other : others) {
      boolean isRenamed =
          !position.key().isEmpty()
              && position.key().equals(InputFile.key(other))
              && !other.equals(file.toAbsolutePath());
      if (isRenamed) {
        return continues(other, position) ? Optional.of(other) : Optional.empty();
      }
    }
    if (isThere) {
      return Optional.of(file);
    }
    return Files.exists(file) ? Optional.empty() : copied(file, done, position);
  }

  /** What is wrong with the file that has the name, for people. */
  static String problem(FilePosition position) throws IOException {
    Path file = Path.of(position.file());
    if (!Files.exists(file)) {
      return "is gone, and reading is to go on in it";
    }
    boolean isShort = InputFile.mayGrow(file) && Files.size(file) < position.offset();
    return "is not the file that was read before: "
        + (isShort
            ? "it has " + Files.size(file) + " bytes, and " + position.offset() + " were read"
            : "its first bytes have changed");
  }

  /** A done folder on another file system holds copies. */
  private static Optional<Path> copied(Path file, List<Path> done, FilePosition position)
      throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path other : done) {
      boolean hasName =
          String.valueOf(other.getFileName()).startsWith(String.valueOf(file.getFileName()));
      if (hasName && continues(other, position)) {
        found.add(other);
      }
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static boolean continues(Path file, FilePosition position) throws IOException {
    boolean isLongEnough = !InputFile.mayGrow(file) || Files.size(file) >= position.offset();
    return isLongEnough && InputFile.head(file).checksum(position.offset()) == position.head();
  }

  private static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
