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
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written, with a buffer in front of it. What is compressed is a sequence of
 * gzip members, each begun with its first byte. Used by one thread; errors name the file.
 */
final class OutputFile {
  private static final int BUFFER = 1 << 16;
  private static final String COMPRESSED = ".gz";

  private final Path path;
  private final FileChannel channel;
  private final OutputStream file;
  private final boolean compresses;
  private final ByteOutput buffer = new ByteOutput(BUFFER + BUFFER / 4);
  private final long openedAtMillis;
  private long size;
  private @Nullable Member member;
  private boolean isDirty = true;

  private OutputFile(Path path, FileChannel channel, long size, long openedAtMillis) {
    this.path = path;
    this.channel = channel;
    this.file = Channels.newOutputStream(channel);
    this.compresses = path.toString().endsWith(COMPRESSED);
    this.size = size;
    this.openedAtMillis = openedAtMillis;
  }

  /** A gzip member that ends without the file's end. */
  private static final class Member extends GZIPOutputStream {
    Member(OutputStream out) throws IOException {
      super(out, BUFFER, true);
    }

    void end() throws IOException {
      finish();
      def.end();
    }
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
      long size = appends && Files.exists(path) ? Files.size(path) : 0;
      OutputFile opened = new OutputFile(path, channel(path, appends), size, nowMillis);
      if (size == 0) {
        opened.buffer.write(header);
      } else if (!opened.compresses && !endsWithLineFeed(path)) {
        opened.buffer.write('\n');
      }
      return opened;
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  /** Opens a file that this sink has begun, to go on at its end. */
  static OutputFile reopen(Path path, long size, long openedAtMillis) {
    try {
      return new OutputFile(path, channel(path, true), size, openedAtMillis);
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

  /** Whether it may have changed since {@link #force}. */
  boolean isDirty() {
    return isDirty || buffer.size() > 0;
  }

  /** Hands everything to the operating system. */
  void flush() {
    drain();
    try {
      if (member != null) {
        member.flush();
      }
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  /** Brings everything to the disk, and gives the length at which the file may be cut off. */
  long force() {
    drain();
    try {
      endMember();
      if (Files.isRegularFile(path)) {
        channel.force(true);
      }
      isDirty = false;
      return channel.size();
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  void close() {
    try (OutputStream closed = file) {
      write(buffer.size() > 0 || channel.size() == 0);
      endMember();
      closed.flush();
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  private void drain() {
    try {
      write(buffer.size() > 0);
    } catch (IOException e) {
      throw FileErrors.cannot("write", path, e);
    }
  }

  /** Writes the buffer; a compressed file without content has a member too. */
  private void write(boolean needsMember) throws IOException {
    if (compresses && needsMember && member == null) {
      member = new Member(file);
    }
    OutputStream out = member != null ? member : file;
    if (buffer.size() > 0) {
      isDirty = true;
      out.write(buffer.array(), 0, buffer.size());
      size += buffer.size();
      buffer.clear();
    }
  }

  private void endMember() throws IOException {
    Member ended = member;
    if (ended != null) {
      member = null;
      ended.end();
    }
  }

  /** What others still read or write is not emptied. */
  private static FileChannel channel(Path path, boolean appends) throws IOException {
    if (appends) {
      return FileChannel.open(
          path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (Files.isRegularFile(path)) { // a pipe or a device holds nothing
        FileClaim.toOverwrite(path, channel);
        channel.truncate(0);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** A process that was killed may have left half a line. */
  private static boolean endsWithLineFeed(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(file.length() - 1);
      return file.read() == '\n';
    }
  }
}
