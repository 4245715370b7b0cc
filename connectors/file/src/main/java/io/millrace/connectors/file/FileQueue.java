package io.millrace.connectors.file;

import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which file is read next. Without a done folder that is the next one in the order of names:
 * the name of the last one says what has been read. With one, names may come in any order: what was
 * read and not yet moved is remembered. Used by one thread.
 */
final class FileQueue {
  private final InputFiles files;
  private final boolean follows;
  private final boolean movesFinished;
  private final List<Path> atStart;
  private final Map<String, FinishedFile> finished = new LinkedHashMap<>();
  private final Set<String> moved = new HashSet<>();
  private Optional<Path> first = Optional.empty();
  private String last = "";

  /**
   * A queue before its first file.
   *
   * @param follows whether files that come later are read too
   * @param movesFinished whether there is a done folder
   */
  FileQueue(InputFiles files, boolean follows, boolean movesFinished) {
    this.files = files;
    this.follows = follows;
    this.movesFinished = movesFinished;
    this.atStart = files.list();
  }

  /**
   * Goes on where an earlier process stood; the file in which it stood is for the caller to read. A
   * finished file that is gone was moved before, and what has its name is a new one.
   */
  void resume(FilePosition position) {
    last = position.file();
    for (FinishedFile file : position.finished()) {
      if (isThere(file)) {
        finished.put(file.name(), file);
      }
    }
    Path file = Path.of(last);
    if (!last.isEmpty() && position.offset() == 0 && Files.exists(file)) {
      first = Optional.of(file);
    }
  }

  private static boolean isThere(FinishedFile file) {
    try {
      FinishedFile.Found found = file.find();
      if (found == FinishedFile.Found.CHANGED) {
        throw new MillraceException(
            "'"
                + file.name()
                + "' was read to its end and has changed since; if it is another file, give it"
                + " another name, else move it to the done folder");
      }
      return found == FinishedFile.Found.SAME;
    } catch (IOException e) {
      throw FileErrors.cannot("read", Path.of(file.name()), e);
    }
  }

  /** Whether another file waits behind the one that is read. */
  boolean hasNext() {
    return first.isPresent() || find().isPresent();
  }

  /** The file to be read now; it becomes the last one. */
  Optional<Path> next() {
    Optional<Path> found = first.filter(Files::exists).or(this::find);
    first = Optional.empty();
    found.ifPresent(path -> last = path.toString());
    return found;
  }

  /** Says that a file of that name is to be read from its beginning, before all others. */
  void again(Path file) {
    first = Optional.of(file);
  }

  /** Says that a file was read to its end. */
  void finish(Path file) {
    if (movesFinished && !first.equals(Optional.of(file)) && Files.exists(file)) {
      try {
        finished.put(file.toString(), FinishedFile.of(file));
      } catch (IOException e) {
        throw FileErrors.cannot("read", file, e);
      }
    }
  }

  /** Says that a finished file is in the done folder. */
  void moved(String name) {
    finished.remove(name);
    if (!follows) {
      moved.add(name);
    }
  }

  /** Files that were finished and not moved. */
  List<FinishedFile> finished() {
    return List.copyOf(finished.values());
  }

  /** The name of the file that {@link #next} gave last; empty before the first. */
  String last() {
    return last;
  }

  private Optional<Path> find() {
    List<Path> candidates = follows ? files.list() : atStart;
    for (Path candidate : candidates) {
      String name = candidate.toString();
      boolean waits =
          movesFinished
              ? !name.equals(last) && !finished.containsKey(name) && !moved.contains(name)
              : name.compareTo(last) > 0;
      if (waits) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
