package io.millrace.state.chronicle;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rows of a capture in a file: written one after the other, read once in the same order. */
final class ImageFile {
  private static final int OUT_BUFFER = 1 << 16;
  private static final int IN_BUFFER = 1 << 13;

  private final Path file;

  /** From the first row on until the file is ended. */
  private @Nullable DataOutputStream out;

  private @Nullable DataInputStream in;
  private int rest;

  /** A row with its number. */
  record Numbered(int number, ColdRows.Image image) {}

  /** Begins a file, which is made with its first row. */
  ImageFile(Path file) {
    this.file = file;
  }

  void add(Numbered row) {
    DataOutputStream to = out;
    if (to == null) {
      to = make();
      out = to;
    }
    try {
      to.writeInt(row.number);
      write(row.image.row(), to);
      rest++;
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot write '" + file + "'", e);
    }
  }

  private DataOutputStream make() {
    try {
      return new DataOutputStream(
          new BufferedOutputStream(Files.newOutputStream(file), OUT_BUFFER));
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot make '" + file + "'", e);
    }
  }

  private static void write(byte[] bytes, DataOutputStream to) throws IOException {
    to.writeInt(bytes.length);
    to.write(bytes);
  }

  /** Ends the file, to be read. */
  void end() {
    try {
      if (out != null) {
        out.close();
        out = null;
      }
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot write '" + file + "'", e);
    }
  }

  /** How many rows were written and not read. */
  int rest() {
    return rest;
  }

  /** The next row; null behind the last one, when the file is removed. */
  @Nullable Numbered next() throws IOException {
    if (rest == 0) {
      delete();
      return null;
    }
    DataInputStream from = in;
    if (from == null) {
      from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), IN_BUFFER));
      in = from;
    }
    rest--;
    return new Numbered(from.readInt(), new ColdRows.Image(read(from)));
  }

  private static byte[] read(DataInputStream from) throws IOException {
    int size = from.readInt();
    byte[] bytes = from.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Removes the file, whatever was written or read. */
  void delete() {
    end();
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot read '" + file + "'", e);
    }
    ScratchFolder.delete(file);
  }
}
