package io.millrace.connectors.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An undo log (Gray and Reuter, "Transaction Processing", section 10): what was done to files
 * behind a snapshot that does not know them, written to the disk before it is done, and taken back
 * in reverse order. A hidden file per snapshot, made with its first entry. Written by one thread;
 * {@link #dropBefore} may be called by another.
 */
final class UndoLog {
  private static final String SUFFIX = ".undo";
  private static final long NO_SNAPSHOT = -1;

  private final Path folder;
  private final String prefix;
  private final NavigableSet<Long> segments = new ConcurrentSkipListSet<>();
  private long snapshotId = NO_SNAPSHOT;
  private @Nullable FileChannel channel;

  /** The log of a sink; what an earlier process left of it stays. */
  UndoLog(Path folder, String job, String stream) {
    this.folder = folder;
    this.prefix = ".millrace-" + encode(job) + "-" + encode(stream) + "-";
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      files.map(file -> String.valueOf(file.getFileName())).forEach(this::find);
    } catch (IOException e) {
      throw FileErrors.cannot("list", folder, e);
    }
  }

  private void find(String name) {
    if (name.startsWith(prefix) && name.endsWith(SUFFIX)) {
      String id = name.substring(prefix.length(), name.length() - SUFFIX.length());
      if (id.matches("\\d{1,18}")) {
        segments.add(Long.valueOf(id));
      }
    }
  }

  /** What is done to a file. */
  private enum Kind {
    MADE,
    EXTENDED,
    ROTATED
  }

  /**
   * An entry.
   *
   * @param length of the file before it was extended
   * @param target the name that a rotated file is to have; else its own
   * @param offset where the entry begins in the log
   */
  private record Entry(Kind kind, Path file, long length, Path target, long offset) {}

  /** Says that what comes is behind this snapshot. */
  void begin(long id) {
    close();
    snapshotId = id;
  }

  void made(Path file) {
    append(Kind.MADE, file, 0, file);
  }

  void extended(Path file, long length) {
    append(Kind.EXTENDED, file, length, file);
  }

  /** A file gets the name that is {@link #pending pending} for a target. */
  void rotated(Path file, Path target) {
    append(Kind.ROTATED, file, 0, target);
  }

  /** The name that a rotated file has until its snapshot is applied. */
  static Path pending(Path target) {
    return target.resolveSibling("." + target.getFileName());
  }

  /** The folder that it is in. */
  Path folder() {
    return folder;
  }

  /** Nothing is written any more. */
  void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw FileErrors.cannot("write", file(snapshotId), e);
      }
    }
  }

  /** Takes back everything that was done behind a snapshot. May be repeated if it was cut short. */
  void undo(long id) {
    for (long segment : segments.tailSet(id, true).descendingSet()) {
      Path log = file(segment);
      try {
        List<Entry> entries = read(log);
        for (int i = entries.size() - 1; i >= 0; i--) {
          undo(entries.get(i));
          try (FileChannel cut = FileChannel.open(log, StandardOpenOption.WRITE)) {
            cut.truncate(entries.get(i).offset());
            cut.force(true);
          }
        }
      } catch (IOException e) {
        throw FileErrors.cannot("read", log, e);
      }
      delete(segment);
    }
  }

  /** Forgets the log of a job that begins anew, and rotated files that it never came to show. */
  void discard() {
    for (long segment : segments) {
      try {
        for (Entry entry : read(file(segment))) {
          if (entry.kind() == Kind.ROTATED) {
            Files.deleteIfExists(pending(entry.target()));
          }
        }
      } catch (IOException e) {
        throw FileErrors.cannot("read", file(segment), e);
      }
      delete(segment);
    }
  }

  /** Forgets what was done before a snapshot: nobody goes back there. */
  void dropBefore(long id) {
    segments.headSet(id, false).forEach(this::delete);
  }

  private static void undo(Entry entry) throws IOException {
    Path file = entry.file();
    switch (entry.kind()) {
      case MADE -> Files.deleteIfExists(file);
      case EXTENDED -> {
        if (Files.exists(file)) {
          Disk.cutOff(file, entry.length());
        }
      }
      case ROTATED -> {
        Path pending = pending(entry.target());
        Path rotated = Files.exists(pending) ? pending : entry.target();
        if (Files.exists(rotated)) {
          Files.move(rotated, file, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    Disk.force(Disk.folderOf(file));
  }

  private void append(Kind kind, Path file, long length, Path target) {
    if (snapshotId == NO_SNAPSHOT) {
      return;
    }
    String line =
        kind + "&" + length + "&" + encode(file.toString()) + "&" + encode(target.toString());
    Path log = file(snapshotId);
    try {
      FileChannel open = channel;
      if (open == null) {
        Files.createDirectories(folder);
        open =
            FileChannel.open(
                log,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        channel = open;
        segments.add(snapshotId);
        Disk.force(folder);
      }
      ByteBuffer bytes = UTF_8.encode(line + "\n");
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      open.force(true);
    } catch (IOException e) {
      throw FileErrors.cannot("write", log, e);
    }
  }

  /** The entries whose lines are complete: what a torn one announces was not begun. */
  private static List<Entry> read(Path log) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String text = Files.readString(log, UTF_8);
    int begin = 0;
    int end = text.indexOf('\n');
    while (end >= 0) {
      entries.add(parse(text.substring(begin, end), begin, log));
      begin = end + 1;
      end = text.indexOf('\n', begin);
    }
    return entries;
  }

  /** All characters of a log are ASCII, so that indexes are offsets. */
  private static Entry parse(String line, int offset, Path log) {
    String[] parts = line.split("&", -1);
    try {
      return new Entry(
          Kind.valueOf(parts[0]),
          Path.of(decode(parts[2])),
          Long.parseLong(parts[1]),
          Path.of(decode(parts[3])),
          offset);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MillraceException(
          "'"
              + log
              + "', which says how to take back what was written behind the last snapshot, is"
              + " damaged at byte "
              + offset,
          e);
    }
  }

  private void delete(long segment) {
    try {
      Files.deleteIfExists(file(segment));
      segments.remove(segment);
    } catch (IOException e) {
      throw FileErrors.cannot("delete", file(segment), e);
    }
  }

  private Path file(long id) {
    return folder.resolve(prefix + id + SUFFIX);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, UTF_8);
  }
}
