package io.millrace.connectors.file;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.FileErrors;
import io.millrace.spi.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of a sink: opens them when a row comes, closes the one that was not used for the
 * longest time when there are too many, and begins new ones where a file is full or old. Used by
 * one thread.
 */
final class OutputFiles {
  private static final float LOAD_FACTOR = 0.75f;

  private final FileOptions.OfSink options;
  private final Encoder encoder;
  private final Clock clock;
  private final byte[] header;
  private final boolean separates;
  private final Map<String, OutputFile> open = new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private final Set<String> begun = new HashSet<>();
  private final Map<Path, Integer> lastNumbers = new HashMap<>();
  private String lastPath = "";
  private @Nullable OutputFile lastFile;

  OutputFiles(FileOptions.OfSink options, Encoder encoder, Clock clock) {
    this.options = options;
    this.encoder = encoder;
    this.clock = clock;
    this.header = encoder.header();
    this.separates = encoder.framing().kind() != Framing.Kind.WHOLE;
  }

  /** The file of a path, open; it is the file until another one is asked for. */
  OutputFile get(String path) {
    OutputFile found = lastFile;
    if (found != null && path.equals(lastPath)) {
      return found;
    }
    found = open.get(path);
    if (found == null) {
      found = open(path);
    }
    lastPath = path;
    lastFile = found;
    return found;
  }

  private OutputFile open(String path) {
    if (open.size() >= options.openFiles()) {
      closeEldest();
    }
    Path file = FileOptions.path(path);
    boolean keeps = options.appends() || !begun.add(path);
    OutputFile opened = OutputFile.open(file, keeps, header, clock.millis());
    open.put(path, opened);
    return opened;
  }

  /** Appends a row to the file of a path, which is a new one if the last is full or old. */
  void append(String path, Batch batch, int row) {
    OutputFile file = get(path);
    if (isDue(file)) {
      file = rotate(path, file);
    }
    ByteOutput out = file.buffer();
    encoder.encode(batch, row, out);
    if (separates) {
      out.write('\n');
    }
    file.written();
  }

  /** Hands everything to the operating system, and ends files that are old. */
  void flush() {
    for (String path : new ArrayList<>(open.keySet())) {
      OutputFile file = open.get(path);
      if (file != null && isOld(file)) {
        end(path, file);
      } else if (file != null) {
        file.flush();
      }
    }
  }

  /** Closes all files, also where closing one fails, and then throws the first error. */
  void close() {
    List<OutputFile> all = List.copyOf(open.values());
    open.clear();
    lastFile = null;
    RuntimeException failed = null;
    for (OutputFile file : all) {
      failed = tryClose(file, failed);
    }
    if (failed != null) {
      throw failed;
    }
  }

  private static @Nullable RuntimeException tryClose(
      OutputFile file, @Nullable RuntimeException before) {
    try {
      file.close();
      return before;
    } catch (RuntimeException e) {
      if (before == null) {
        return e;
      }
      before.addSuppressed(e);
      return before;
    }
  }

  private boolean isDue(OutputFile file) {
    boolean isFull = options.rotateSize() > 0 && file.size() >= options.rotateSize();
    return isFull || isOld(file);
  }

  private boolean isOld(OutputFile file) {
    return options.rotateMillis() > 0
        && file.size() > header.length
        && clock.millis() - file.openedAtMillis() >= options.rotateMillis();
  }

  private OutputFile rotate(String path, OutputFile file) {
    end(path, file);
    return get(path);
  }

  /** Closes a file and renames it to the next number that is free. */
  private void end(String path, OutputFile file) {
    open.remove(path);
    lastFile = null;
    file.close();
    Path from = file.path();
    int number = lastNumbers.getOrDefault(from, 0) + 1;
    Path to = numbered(from, number);
    while (Files.exists(to)) {
      to = numbered(from, ++number);
    }
    lastNumbers.put(from, number);
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw FileErrors.cannot("rename", from, e);
    }
  }

  /** {@code out.json.gz} becomes {@code out-00001.json.gz}. */
  private static Path numbered(Path path, int number) {
    String name = String.valueOf(path.getFileName());
    int dot = name.indexOf('.', 1);
    int end = dot < 0 ? name.length() : dot;
    String numbered =
        name.substring(0, end) + String.format(Locale.ROOT, "-%05d", number) + name.substring(end);
    return path.resolveSibling(numbered);
  }

  private void closeEldest() {
    Iterator<OutputFile> eldest = open.values().iterator();
    OutputFile file = eldest.next();
    eldest.remove();
    lastFile = null;
    file.close();
  }
}
