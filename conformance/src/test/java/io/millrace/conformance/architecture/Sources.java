package io.millrace.conformance.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java sources of all modules, as text. */
final class Sources {
  private static final Pattern NO_CODE = Pattern.compile("\\s*(//.*|/?\\*.*|)");
  private static final Path ROOT = findRoot();

  private Sources() {}

  /**
   * The files written by hand below {@code src/main/java} of any module, in the order of their
   * paths.
   */
  static List<Path> ofMain() {
    return below("src/main/java");
  }

  /** The files below {@code src/main/java} and {@code src/test/java}. */
  static List<Path> all() {
    return Stream.concat(ofMain().stream(), below("src/test/java").stream()).toList();
  }

  static List<String> linesOf(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many of the lines are code: neither empty nor all comment. */
  static int countCode(List<String> lines) {
    return (int) lines.stream().filter(line -> !NO_CODE.matcher(line).matches()).count();
  }

  /** The path from the root of the project, with slashes. */
  static String nameOf(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  private static List<Path> below(String sourceFolder) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> nameOf(file).contains("/" + sourceFolder + "/"))
          .filter(file -> !nameOf(file).contains("target/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tests run in the folder of their module; the folder with the wrapper is the root. */
  private static Path findRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(".mvn"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "no folder above " + Path.of("").toAbsolutePath() + " holds .mvn");
      }
      folder = parent;
    }
    return folder;
  }
}
