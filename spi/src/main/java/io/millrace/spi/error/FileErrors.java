package io.millrace.spi.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says for people why a file cannot be used. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * An error with its cause.
   *
   * @param what what was tried, such as {@code read}
   */
  public static MillraceException cannot(String what, Path file, IOException cause) {
    return new MillraceException("cannot " + what + " '" + file + "': " + reason(cause), cause);
  }

  /** Why it failed, such as {@code permission denied}. */
  public static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException missing) {
      return "there is no '" + missing.getFile() + "'";
    }
    if (cause instanceof NotDirectoryException file) {
      return "'" + file.getFile() + "' is no folder";
    }
    if (cause instanceof FileSystemException system && system.getReason() != null) {
      return String.valueOf(system.getReason());
    }
    return String.valueOf(cause.getMessage());
  }
}
