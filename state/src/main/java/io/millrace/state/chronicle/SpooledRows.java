package io.millrace.state.chronicle;

import io.millrace.spi.data.Column;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.table.SlotColumns;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Captured rows in a file, for more of them than the heap should hold: written as they lie in their
 * cells, and encoded when the capture is written.
 */
final class SpooledRows implements CapturedRows {
  private static final int BUFFER = 1 << 16;

  private final SlotTableSpec spec;
  private final List<ColumnCodec> codecs;
  private final ColdRows decoder;
  private final Path file;
  private final DataOutputStream out;
  private @Nullable DataInputStream in;
  private int rest;

  /**
   * Begins a file.
   *
   * @param decoder reads the rows; of no use to anybody else, since that happens on another thread
   */
  SpooledRows(SlotTableSpec spec, List<ColumnCodec> codecs, ColdRows decoder, Path file) {
    this.spec = spec;
    this.codecs = codecs;
    this.decoder = decoder;
    this.file = file;
    try {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot make '" + file + "'", e);
    }
  }

  void add(ColdRows.Image image) {
    try {
      write(image.key());
      write(image.row());
      rest++;
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot write '" + file + "'", e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Ends the file, to be read. */
  void end() {
    try {
      out.close();
    } catch (IOException e) {
      throw ScratchFolder.failed("cannot write '" + file + "'", e);
    }
  }

  @Override
  public int nextCount() {
    return Math.min(rest, ColumnCodec.CHUNK);
  }

  @Override
  public void writeNext(StateWriter writer) throws IOException {
    DataInputStream from = in;
    if (from == null) {
      from = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
      in = from;
    }
    int count = nextCount();
    SlotColumns columns = new SlotColumns(spec, count);
    for (int row = 0; row < count; row++) {
      decoder.readCaptured(
          new ColdRows.Image(read(from), read(from)), columns.keys(), columns.fields(), row);
    }
    Column[] all = columns.all();
    for (int c = 0; c < all.length; c++) {
      codecs.get(c).write(all[c], count, writer);
    }
    rest -= count;
    if (rest == 0) {
      from.close();
      ScratchFolder.delete(file);
    }
  }

  private static byte[] read(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
