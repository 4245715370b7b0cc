package io.millrace.connectors.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which file is read next. Without a done folder that is the next one in the order of names:
 * the name of the last one says what has been read. With one, names may come in any order: what was
 * read and not yet moved is remembered. Used by one thread.
 */
final class FileQueue {
  private static final Logger LOG = LoggerFactory.getLogger(FileQueue.class);

  private final InputFiles files;
  private final boolean follows;
  private final boolean movesFinished;
  private final List<Path> atStart;
  private final Set<String> finished = new LinkedHashSet<>();
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

  /** Goes on where an earlier process stood. */
  void resume(FilePosition position) {
    last = position.file();
    finished.addAll(position.finished());
    if (!last.isEmpty() && !position.isEndOfFile()) {
      Path file = Path.of(last);
      if (Files.exists(file)) {
        first = Optional.of(file);
      } else {
        LOG.warn("'{}', where reading is to go on, is gone; the next file is read", file);
      }
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
    if (movesFinished && !first.equals(Optional.of(file))) {
      finished.add(file.toString());
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
  Collection<String> finished() {
    return finished;
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
              ? !name.equals(last) && !finished.contains(name) && !moved.contains(name)
              : name.compareTo(last) > 0;
      if (waits) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
