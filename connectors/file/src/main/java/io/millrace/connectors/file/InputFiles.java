package io.millrace.connectors.file;

import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a path stands for: itself, those of a folder, or those that match a glob; in the
 * order of their names. Hidden files of folders and what lies in the done folder are left out.
 */
final class InputFiles {
  private static final String GLOB_CHARACTERS = "*?[{";

  private final Path base;
  private final @Nullable PathMatcher matcher;
  private final int depth;
  private final boolean isSingle;
  private final Optional<Path> excluded;

  private InputFiles(
      Path base,
      @Nullable PathMatcher matcher,
      int depth,
      boolean isSingle,
      Optional<Path> excluded) {
    this.base = base;
    this.matcher = matcher;
    this.depth = depth;
    this.isSingle = isSingle;
    this.excluded = excluded;
  }

  /**
   * Finds out what the path is.
   *
   * @param mayBeEmpty whether it is fine that no file is there yet
   * @throws MillraceException if there is nothing to read, with the name that was probably meant
   */
  static InputFiles of(String text, Optional<Path> excluded, boolean mayBeEmpty) {
    boolean isGlob = text.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    if (isGlob && !existsLiterally(text)) {
      return glob(text, excluded, mayBeEmpty);
    }
    Path path = FileOptions.path(text);
    if (Files.isDirectory(path)) {
      return new InputFiles(path, null, 1, false, excluded);
    }
    Path folder = path.toAbsolutePath().getParent();
    boolean waits = mayBeEmpty && folder != null && Files.isDirectory(folder);
    if (!Files.exists(path) && !waits) {
      throw new MillraceException("there is no file '" + text + "'" + hint(path));
    }
    if (Files.exists(path) && !Files.isReadable(path)) {
      throw new MillraceException("cannot read '" + text + "': permission denied");
    }
    return new InputFiles(path, null, 0, true, excluded);
  }

  /** Whether the path names one file. */
  boolean isSingle() {
    return isSingle;
  }

  /** The files that are there now, in order. */
  List<Path> list() {
    if (isSingle) {
      return Files.isRegularFile(base) ? List.of(base) : List.of();
    }
    try (Stream<Path> walk = Files.walk(base, depth)) {
      List<Path> found = new ArrayList<>();
      walk.filter(this::isInput).forEach(found::add);
      found.sort(Comparator.comparing(Path::toString));
      return found;
    } catch (IOException e) {
      throw FileErrors.cannot("list", base, e);
    } catch (UncheckedIOException e) {
      throw FileErrors.cannot("list", base, Objects.requireNonNull(e.getCause()));
    }
  }

  private boolean isInput(Path file) {
    boolean isHidden = String.valueOf(file.getFileName()).startsWith(".");
    boolean matches = matcher == null ? !isHidden : matcher.matches(file);
    Path absolute = file.toAbsolutePath().normalize();
    boolean isExcluded = excluded.isPresent() && absolute.startsWith(excluded.get());
    return matches && !isExcluded && Files.isRegularFile(file);
  }

  private static InputFiles glob(String text, Optional<Path> excluded, boolean mayBeEmpty) {
    int special = 0;
    while (GLOB_CHARACTERS.indexOf(text.charAt(special)) < 0) {
      special++;
    }
    int slash = text.lastIndexOf('/', special);
    Path base = FileOptions.path(slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash));
    if (!Files.isDirectory(base)) {
      throw new MillraceException(
          "there is no folder '" + base + "' for the files '" + text + "'" + hint(base));
    }
    String rest = text.substring(slash + 1);
    int depth =
        rest.contains("**")
            ? Integer.MAX_VALUE
            : (int) rest.chars().filter(c -> c == '/').count() + 1;
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + text);
    } catch (PatternSyntaxException e) {
      throw new MillraceException("'" + text + "' is no glob: " + e.getDescription(), e);
    }
    InputFiles files = new InputFiles(base, matcher, depth, false, excluded);
    if (!mayBeEmpty && files.list().isEmpty()) {
      throw new MillraceException("no file matches '" + text + "'");
    }
    return files;
  }

  private static boolean existsLiterally(String text) {
    try {
      return Files.exists(Path.of(text));
    } catch (InvalidPathException ignored) { // some systems allow no '*' in names
      return false;
    }
  }

  private static String hint(Path missing) {
    Path folder = missing.toAbsolutePath().getParent();
    Path name = missing.getFileName();
    if (folder == null || name == null) {
      return "";
    }
    if (!Files.isDirectory(folder)) {
      return "; there is no folder '" + folder + "'";
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      List<String> names = siblings.map(path -> path.getFileName().toString()).toList();
      return NearestName.hint(name.toString(), names).map(hint -> "; " + hint).orElse("");
    } catch (IOException ignored) { // a hint is only a hint
      return "";
    }
  }
}
