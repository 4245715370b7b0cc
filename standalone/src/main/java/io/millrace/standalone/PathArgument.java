package io.millrace.standalone;

import io.millrace.standalone.terminal.CommandException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Arguments that name files and folders. */
final class PathArgument {
  private PathArgument() {}

  static Path of(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CommandException("'" + text + "' is no name of a file: " + e.getReason());
    }
  }
}
