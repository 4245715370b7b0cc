package io.millrace.standalone.script;

import io.millrace.spi.error.NearestName;
import io.millrace.standalone.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file with a script.
 *
 * @param name as given; errors mention it
 * @param text its content
 * @param folder the absolute folder that it is in: the variable {@code here}
 * @param stem its name without folder and ending: the name of its job
 */
public record QueryFile(String name, String text, Path folder, String stem) {
  private static final String STANDARD_INPUT = "-";
  private static final int LARGEST = 64 << 20;
  private static final int LARGEST_QUERY = 1 << 20;
  private static final String ENDING = ".sql";

  /**
   * Reads a file, or standard input for {@code -}.
   *
   * @throws CommandException if it cannot be read, or is no text
   */
  public static QueryFile read(String name, InputStream standardInput) {
    try {
      if (name.equals(STANDARD_INPUT)) {
        byte[] bytes = standardInput.readNBytes(LARGEST + 1);
        Path folder = Path.of("").toAbsolutePath();
        return new QueryFile(
            "standard input", decode("standard input", bytes, LARGEST), folder, "stdin");
      }
      Path path = Path.of(name);
      checkIsFile(name, path);
      byte[] bytes;
      try (InputStream in = Files.newInputStream(path)) {
        bytes = in.readNBytes(LARGEST + 1);
      }
      Path absolute = path.toAbsolutePath().normalize();
      Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
      return new QueryFile(name, decode(name, bytes, LARGEST), folder, stem(absolute));
    } catch (InvalidPathException e) {
      throw new CommandException("'" + name + "' is no name of a file: " + e.getReason());
    } catch (AccessDeniedException e) {
      throw new CommandException("cannot read '" + name + "': permission denied");
    } catch (IOException e) {
      throw new CommandException("cannot read '" + name + "': " + e.getMessage());
    }
  }

  /**
   * Reads a single query from standard input.
   *
   * @throws CommandException if it cannot be read, or is no text, or longer than one is
   */
  public static String readQuery(InputStream standardInput) {
    try {
      return decode("standard input", standardInput.readNBytes(LARGEST_QUERY + 1), LARGEST_QUERY);
    } catch (IOException e) {
      throw new CommandException("cannot read 'standard input': " + e.getMessage());
    }
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static void checkIsFile(String name, Path path) throws IOException {
    if (Files.isDirectory(path)) {
      List<String> inside = queryFilesIn(path);
      throw new CommandException(
          "'" + name + "' is a folder, not a query file",
          inside.isEmpty() ? "there is no file *.sql in it" : "there is " + some(inside, name));
    }
    if (Files.notExists(path)) {
      throw new CommandException("there is no file '" + name + "'", nearest(path));
    }
  }

  private static String some(List<String> files, String folder) {
    String start = folder.endsWith("/") ? folder : folder + "/";
    List<String> shown = files.stream().limit(3).map(file -> start + file).toList();
    return String.join(", ", shown) + (files.size() > shown.size() ? ", …" : "");
  }

  private static String nearest(Path path) throws IOException {
    Path parent = path.getParent();
    Path folder = parent == null ? Path.of("") : parent;
    if (!Files.isDirectory(folder)) {
      return "there is no folder '" + folder + "' either";
    }
    String wanted = String.valueOf(path.getFileName());
    List<String> names = queryFilesIn(folder);
    Optional<String> near =
        names.contains(wanted + ENDING)
            ? Optional.of(wanted + ENDING)
            : NearestName.find(wanted, names);
    String start = parent == null ? "" : parent + "/";
    return near.map(file -> "did you mean '" + start + file + "'?")
        .orElse("the current folder is " + Path.of("").toAbsolutePath());
  }

  private static List<String> queryFilesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.toLowerCase(Locale.ROOT).endsWith(ENDING))
          .sorted()
          .toList();
    }
  }

  private static String decode(String name, byte[] bytes, int largest) {
    if (bytes.length > largest) {
      throw new CommandException(
          "'" + name + "' is larger than " + (largest >> 20) + " MB: that is no query file");
    }
    if (bytes.length >= 2 && (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE))) {
      throw new CommandException(
          "'" + name + "' is in UTF-16, but query files are in UTF-8", "save it as UTF-8");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new CommandException(
          "'" + name + "' is no text in UTF-8", "is it a query file? save it as UTF-8 if it is");
    }
    if (text.indexOf('\0') >= 0) {
      throw new CommandException("'" + name + "' is a binary file, not a query file");
    }
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }
}
