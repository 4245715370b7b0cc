package io.millrace.conformance.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with a query file of its own name, the output that is expected on the console ({@code
 * expected.txt}), and that in files ({@code expected/}, where the query writes to {@code out/}).
 */
record Example(Path folder) {
  static List<Example> all() {
    try (Stream<Path> folders = Files.list(findExamples())) {
      return folders
          .map(Example::new)
          .filter(Example::hasExpectedOutput)
          .sorted(Comparator.comparing(Example::toString))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path queryFile() {
    return folder.resolve(this + ".sql");
  }

  List<String> expectedLines() throws IOException {
    return Files.readAllLines(folder.resolve("expected.txt"));
  }

  Map<String, String> expectedFiles() throws IOException {
    return filesBelow(folder.resolve("expected"));
  }

  /**
   * The contents of all files below a folder by their relative paths; none if there is no folder.
   */
  static Map<String, String> filesBelow(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          contents.put(
              folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
      }
    }
    return contents;
  }

  /** Copies query and data, so that what the query writes beside them goes nowhere else. */
  Path copyTo(Path target) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }

  private boolean hasExpectedOutput() {
    return Files.exists(queryFile()) && Files.exists(folder.resolve("expected.txt"));
  }

  private static Path findExamples() {
    Path examples = Path.of("../examples");
    return Files.isDirectory(examples) ? examples : Path.of("examples");
  }
}
