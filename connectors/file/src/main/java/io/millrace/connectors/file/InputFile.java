package io.millrace.connectors.file;

import io.millrace.spi.connector.Framing;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being read, and what tells it from another file of the same name. Used by one
 * thread.
 */
final class InputFile implements AutoCloseable {
  private static final String COMPRESSED = ".gz";
  private static final int COMPRESSED_BLOCK = 1 << 16;

  private final Path path;
  private final RecordReader records;
  private final String key;

  private InputFile(Path path, RecordReader records, String key) {
    this.path = path;
    this.records = records;
    this.key = key;
  }

  /** How the records of files are told apart. */
  record Layout(Framing framing, int maxRecordSize) {}

  /** What has become of a file at whose end its reader stands. */
  enum Fate {
    /** It is as it was, and may grow. */
    UNCHANGED,
    /** It is shorter than what was read. */
    TRUNCATED,
    /** Another file has its name. */
    REPLACED,
    /** No file has its name. */
    GONE
  }

  /** Opens a file at its beginning. */
  static InputFile open(Path path, Layout layout) throws IOException {
    return open(path, layout, new FileHead(), 0, 1);
  }

  /**
   * Opens a file behind a position.
   *
   * @param head the head of that file
   */
  static InputFile open(Path path, Layout layout, FileHead head, long offset, long line)
      throws IOException {
    String key = key(path);
    InputStream in = stream(path);
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    RecordReader records =
        new RecordReader(in, layout.framing(), layout.maxRecordSize(), head, offset, line);
    return new InputFile(path, records, key);
  }

  /** The first bytes of a file, after decompression. */
  static FileHead head(Path path) throws IOException {
    try (InputStream in = stream(path)) {
      return FileHead.of(in);
    }
  }

  Path path() {
    return path;
  }

  RecordReader records() {
    return records;
  }

  /** What the system calls a file, whatever its name; empty where it has no word for it. */
  static String key(Path path) throws IOException {
    return text(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static String text(@Nullable Object key) {
    return key == null ? "" : key.toString();
  }

  String key() {
    return key;
  }

  /** Whether the file may grow: what is compressed is there at once. */
  boolean mayGrow() {
    return mayGrow(path);
  }

  static boolean mayGrow(Path path) {
    return !isCompressed(path);
  }

  Fate fate() throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (NoSuchFileException ignored) { // that is the answer
      return Fate.GONE;
    }
    if (!key.equals(text(attributes.fileKey()))) {
      return Fate.REPLACED;
    }
    return mayGrow() && attributes.size() < records.bytesRead() ? Fate.TRUNCATED : Fate.UNCHANGED;
  }

  @Override
  public void close() {
    try {
      records.close();
    } catch (IOException ignored) { // nothing was written, so nothing is lost
      return;
    }
  }

  /** Whether an error says that compressed data is damaged, rather than that reading failed. */
  static boolean isDamage(Path path, IOException error) {
    return isCompressed(path)
        && (error instanceof EOFException || error instanceof java.util.zip.ZipException);
  }

  private static InputStream stream(Path path) throws IOException {
    InputStream in = Files.newInputStream(path);
    if (!isCompressed(path)) {
      return in;
    }
    try {
      return new GzipMembers(new BufferedInputStream(in, COMPRESSED_BLOCK), COMPRESSED_BLOCK);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static boolean isCompressed(Path path) {
    return path.toString().endsWith(COMPRESSED);
  }
}
