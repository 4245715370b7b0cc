package io.millrace.conformance.connectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The example of a connector or format: a script, the files that it reads beside it, and what is
 * expected on the console ({@code expected.txt}) and in files ({@code expected/}, where the script
 * writes to {@code out/}).
 */
public record ConnectorExample(String name) {
  private static final Path ALL = Path.of("src", "test", "resources", "connectors");
  private static final String SCRIPT = "example.sql";
  private static final String CONSOLE = "expected.txt";

  private Path folder() {
    return ALL.resolve(name);
  }

  public String script() {
    return read(folder().resolve(SCRIPT));
  }

  /** The lines that are expected on the console. */
  List<String> console() {
    Path file = folder().resolve(CONSOLE);
    return Files.exists(file) ? read(file).lines().toList() : List.of();
  }

  /** The files that the script reads, by name. */
  Map<String, String> inputs() {
    Map<String, String> inputs = filesIn(folder());
    inputs.remove(SCRIPT);
    inputs.remove(CONSOLE);
    return inputs;
  }

  /** The files that the script is expected to write to {@code out/}, by name. */
  Map<String, String> outputs() {
    return filesIn(folder().resolve("expected"));
  }

  static Map<String, String> filesIn(Path folder) {
    Map<String, String> contents = new LinkedHashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(file -> contents.put(file.getFileName().toString(), read(file)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return contents;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
