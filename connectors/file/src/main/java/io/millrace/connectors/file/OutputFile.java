package io.millrace.connectors.file;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * A file that is being written, with a buffer in front of it. Used by one thread; errors name the
 * file.
 */
final class OutputFile {
  private static final int BUFFER = 1 << 16;
  private static final String COMPRESSED = ".gz";

  private final Path path;
  private final OutputStream out;
  private final ByteOutput buffer = new ByteOutput(BUFFER + BUFFER / 4);
  private final long openedAtMillis;
  private long size;

  private OutputFile(Path path, OutputStream out, long size, long openedAtMillis) {
    this.path = path;
    this.out = out;
    this.size = size;
    this.openedAtMillis = openedAtMillis;
  }

  /**
   * Opens a file and makes its folders.
   *
   * @param appends whether what is in it stays
   * @param header what a file begins with
   */
  static OutputFile open(Path path, boolean appends, byte[] header, long nowMillis) {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.isDirectory(path)) {
        throw new MillraceException(
            "cannot write '" + path + "': it is a folder; name a file in it");
      }
      boolean compressed = path.toString().endsWith(COMPRESSED);
      long size = appends && Files.exists(path) ? Files.size(path) : 0;
      boolean continuesLine = size > 0 && !compressed && !endsWithLineFeed(path);
      OutputStream file =
          appends
              ? Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : overwrite(path);
      OutputStream out = compressed ? new GZIPOutputStream(file, BUFFER, true) : file;
      OutputFile opened = new OutputFile(path, out, size, nowMillis);
      if (size == 0) {
        opened.buffer.write(header);
      } else if (continuesLine) {
        opened.buffer.write('\n');
      }
      return opened;
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  Path path() {
    return path;
  }

  /** Where a record is appended; call {@link #written} afterwards. */
  ByteOutput buffer() {
    return buffer;
  }

  void written() {
    if (buffer.size() >= BUFFER) {
      drain();
    }
  }

  /** The bytes of the file and its buffer; before compression, of what this process wrote. */
  long size() {
    return size + buffer.size();
  }

  long openedAtMillis() {
    return openedAtMillis;
  }

  /** Hands everything to the operating system. */
  void flush() {
    drain();
    try {
      out.flush();
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  void close() {
    try (OutputStream closed = out) {
      closed.write(buffer.array(), 0, buffer.size());
      size += buffer.size();
      buffer.clear();
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  private void drain() {
    try {
      out.write(buffer.array(), 0, buffer.size());
      size += buffer.size();
      buffer.clear();
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  /** What others still read or write is not emptied. */
  private static OutputStream overwrite(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return Files.newOutputStream(path); // a pipe or a device holds nothing
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileClaim.toOverwrite(path, channel);
      channel.truncate(0);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return Channels.newOutputStream(channel);
  }

  /** A process that was killed may have left half a line. */
  private static boolean endsWithLineFeed(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read() == '\n';
    }
  }
}
