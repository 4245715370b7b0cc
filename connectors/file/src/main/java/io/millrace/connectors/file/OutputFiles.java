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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private final Trail trail;
  private final byte[] header;
  private final boolean separates;
  private final Map<String, OutputFile> open = new LinkedHashMap<>(16, LOAD_FACTOR, true);

  /** Every path that was written to; of those that are open, as they were when last looked at. */
  private final Map<String, OutputRecord> records = new LinkedHashMap<>();

  private String lastPath = "";
  private @Nullable OutputFile lastFile;

  OutputFiles(FileOptions.OfSink options, Encoder encoder, Clock clock, Trail trail) {
    this.options = options;
    this.encoder = encoder;
    this.clock = clock;
    this.trail = trail;
    this.header = encoder.header();
    this.separates = encoder.framing().kind() != Framing.Kind.WHOLE;
  }

  /** Goes on with files as they were left; those that are open in the order of their last use. */
  void restore(List<OutputRecord> openFiles, List<OutputRecord> others) {
    others.forEach(record -> records.put(record.path(), record));
    for (OutputRecord record : openFiles) {
      records.put(record.path(), record);
      open.put(record.path(), reopen(record));
    }
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
    while (open.size() >= options.openFiles()) {
      closeEldest();
    }
    OutputRecord record = records.get(path);
    OutputFile opened =
        record != null && record.hasFile() ? reopen(record) : begin(path, record == null);
    open.put(path, opened);
    return opened;
  }

  private OutputFile reopen(OutputRecord record) {
    Path file = FileOptions.path(record.path());
    return Files.exists(file)
        ? OutputFile.reopen(file, record.size(), record.openedAtMillis())
        : begin(record.path(), false);
  }

  /** Begins a file, or goes on with one that somebody else has written. */
  private OutputFile begin(String path, boolean isFirst) {
    Path file = FileOptions.path(path);
    boolean appends = options.appends() || !isFirst;
    boolean isRegular = Files.isRegularFile(file);
    if (appends && isRegular) {
      trail.beforeExtending(file, lengthOf(file));
    } else if (isRegular || !Files.exists(file)) { // a pipe or a device stays as it is
      trail.beforeMaking(file);
    }
    OutputFile begun = OutputFile.open(file, appends, header, clock.millis());
    int lastNumber = isFirst ? 0 : record(path).lastNumber();
    records.put(path, new OutputRecord(path, lastNumber, 0, 0, begun.openedAtMillis(), 0));
    return begun;
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

  /** Brings everything to the disk, and ends files that are old. */
  void force() {
    for (String path : new ArrayList<>(open.keySet())) {
      OutputFile file = open.get(path);
      if (file != null && isOld(file)) {
        end(path, file);
      } else if (file != null && file.isDirty()) {
        record(path, file, file.force());
      }
    }
  }

  /** The files that are open, in the order of their last use, as {@link #force} has left them. */
  List<OutputRecord> openFiles() {
    List<OutputRecord> found = new ArrayList<>();
    open.keySet().forEach(path -> found.add(record(path)));
    return found;
  }

  /** The other paths that were written to. */
  List<OutputRecord> otherFiles() {
    return records.values().stream().filter(record -> !open.containsKey(record.path())).toList();
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
    close(path, file);
    Path from = file.path();
    int number = record(path).lastNumber() + 1;
    Path target = numbered(from, number);
    while (Files.exists(target) || Files.exists(UndoLog.pending(target))) {
      target = numbered(from, ++number);
    }
    try {
      Files.move(from, trail.beforeRotating(from, target));
    } catch (IOException e) {
      throw FileErrors.cannot("rename", from, e);
    }
    records.put(path, OutputRecord.rotated(path, number));
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
    Iterator<Map.Entry<String, OutputFile>> eldest = open.entrySet().iterator();
    Map.Entry<String, OutputFile> entry = eldest.next();
    eldest.remove();
    lastFile = null;
    close(entry.getKey(), entry.getValue());
  }

  /** Closes a file that may be opened again. */
  private void close(String path, OutputFile file) {
    if (trail.isKept() && file.isDirty()) {
      record(path, file, file.force());
    } else if (!trail.isKept()) {
      file.flush();
      records.put(path, describe(path, file, 0, 0));
    }
    file.close();
  }

  private void record(String path, OutputFile file, long length) {
    if (!Files.isRegularFile(file.path())) { // a pipe or a device keeps nothing
      records.put(path, OutputRecord.rotated(path, record(path).lastNumber()));
      return;
    }
    try {
      records.put(path, describe(path, file, length, OutputRecord.headOf(file.path(), length)));
    } catch (IOException e) {
      throw FileErrors.cannot("read", file.path(), e);
    }
  }

  private OutputRecord describe(String path, OutputFile file, long length, long head) {
    return new OutputRecord(
        path, record(path).lastNumber(), length, file.size(), file.openedAtMillis(), head);
  }

  private OutputRecord record(String path) {
    return Objects.requireNonNull(records.get(path));
  }

  private static long lengthOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw FileErrors.cannot("read", file, e);
    }
  }
}
