package io.millrace.connectors.file;

import io.millrace.spi.error.FileErrors;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where files go whose rows are safe. */
final class DoneFolder {
  private final Path folder;

  /** Makes the folder if there is none. */
  DoneFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw FileErrors.cannot("make the folder", folder, e);
    }
  }

  /** Where it is. */
  Path path() {
    return folder;
  }

  /**
   * Moves a file, under a name of its own where there is one of its name. It may be gone, and
   * another one may have its name.
   */
  void take(FinishedFile finished) {
    Path file = Path.of(finished.name());
    try {
      FinishedFile.Found found = finished.find();
      if (found == FinishedFile.Found.GONE || found == FinishedFile.Found.OTHER) {
        return;
      }
    } catch (IOException e) {
      throw FileErrors.cannot("read", file, e);
    }
    Path target = target(String.valueOf(file.getFileName()));
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException ignored) { // another file system: it is copied
      copy(file, target);
    } catch (IOException e) {
      throw FileErrors.cannot("move to '" + folder + "'", file, e);
    }
  }

  private void copy(Path file, Path target) {
    try {
      Files.move(file, target);
    } catch (IOException e) {
      throw FileErrors.cannot("move to '" + folder + "'", file, e);
    }
  }

  private Path target(String name) {
    Path target = folder.resolve(name);
    for (int i = 1; Files.exists(target); i++) {
      target = folder.resolve(name + "." + i);
    }
    return target;
  }
}
