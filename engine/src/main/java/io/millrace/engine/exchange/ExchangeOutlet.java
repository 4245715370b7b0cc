package io.millrace.engine.exchange;

import io.millrace.spi.connector.ExchangeSink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.KeyHash;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import io.millrace.state.codec.RowCodec;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sends the rows that leave a part at an exchange to the parts in which their groups are, and tells
 * all parts how far the watermark has come: with each row, and at the end of each interval. Nobody
 * sees anything of an interval before it is committed, so nobody waits for that.
 *
 * <p>A part that was idle has said how far others had come meanwhile: that is the least that it
 * says of its watermark from then on, and by which its rows are late.
 */
public final class ExchangeOutlet {
  private final List<Integer> columns;
  private final int parts;
  private final int fingerprint;
  private final RowCodec codec;
  private final StateWriter out = StateWriter.ofCells();
  private final Column[] keys;
  private final boolean tellsSilence;
  private Optional<ExchangeSink> sink = Optional.empty();
  private LongSupplier least = () -> Timeline.NEVER;

  /** What each part has been told last. */
  private final long[] told;

  /** Whether each part has been told last that this one is idle. */
  private final boolean[] toldIdle;

  /** Whether each part is still to be told anything, even if that is nothing new. */
  private final boolean[] isDue;

  /**
   * @param schema the columns of the rows
   * @param columns those by which their part is chosen; none if all go to the first
   * @param parts how many there are
   * @param tellsSilence whether parts may be idle. Else the others hear of nothing where all rows
   *     go to the first
   */
  public ExchangeOutlet(Schema schema, List<Integer> columns, int parts, boolean tellsSilence) {
    this.columns = List.copyOf(columns);
    this.parts = parts;
    this.tellsSilence = tellsSilence;
    this.fingerprint = RecordForm.fingerprint(schema);
    this.codec = RowCodec.of(schema);
    this.keys = new Column[columns.size()];
    this.told = new long[parts];
    this.toldIdle = new boolean[parts];
    this.isDue = new boolean[parts];
  }

  /**
   * Begins to send, after nothing was sent or what was sent since the last commit is void.
   *
   * @param said how far the part has said that its watermark is, while it was idle; changes only
   *     between two turns
   */
  public void open(ExchangeSink opened, LongSupplier said) {
    sink = Optional.of(opened);
    least = said;
    Arrays.fill(told, Timeline.NEVER);
    Arrays.fill(toldIdle, false);
    Arrays.fill(isDue, tellsSilence); // others may have this part down as idle
  }

  /** Sends rows. */
  public void accept(Batch batch) {
    Arrays.setAll(keys, i -> batch.column(columns.get(i)));
    ExchangeSink to = sink.orElseThrow();
    long atLeast = least.getAsLong();
    for (int row = 0; row < batch.size(); row++) {
      long watermark = Math.max(atLeast, batch.reached(row));
      long late = Math.max(watermark, batch.seen(row));
      int part = columns.isEmpty() ? 0 : partOf(KeyHash.hash(keys, keys.length, row), parts);
      to.send(part, record(batch, row, watermark, late));
      noteTold(part, watermark, false);
    }
  }

  /**
   * Which part has the rows whose columns have a hash. That tasks within a part are chosen by the
   * same hash must not matter, so its bits are mixed once more (the finalizer of MurmurHash3).
   */
  static int partOf(int hash, int parts) {
    int mixed = hash;
    mixed ^= mixed >>> 16;
    mixed *= 0x85ebca6b;
    mixed ^= mixed >>> 13;
    mixed *= 0xc2b2ae35;
    mixed ^= mixed >>> 16;
    return Integer.remainderUnsigned(mixed, parts);
  }

  private byte[] record(Batch batch, int row, long watermark, long lateness) {
    long rowtime = batch.rowtimes()[row];
    out.begin();
    try {
      out.writeByte(RecordForm.ROW + batch.kind(row).code());
      out.writeByte(fingerprint >>> 24);
      out.writeByte(fingerprint >>> 16);
      out.writeByte(fingerprint >>> 8);
      out.writeByte(fingerprint);
      out.writeSigned(rowtime);
      out.writeSigned(rowtime - watermark);
      out.writeSigned(lateness - watermark);
      out.writeUnsigned(batch.lane(row));
      codec.write(batch.columns(), row, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cells are in memory
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }

  private void noteTold(int part, long watermark, boolean isIdle) {
    told[part] = watermark;
    toldIdle[part] = isIdle;
    isDue[part] = false;
  }

  /**
   * Tells all parts how far the watermark has come, where they have not been told.
   *
   * @param own that of the rows that are sent here
   * @param isIdle whether the part is idle
   */
  public void tell(long own, boolean isIdle) {
    long watermark = Math.max(own, least.getAsLong());
    byte[] record = record(watermark, isIdle);
    for (int part = 0; part < (columns.isEmpty() && !tellsSilence ? 1 : parts); part++) {
      if (told[part] != watermark || toldIdle[part] != isIdle || isDue[part]) {
        sink.orElseThrow().send(part, record);
        noteTold(part, watermark, isIdle);
      }
    }
  }

  private byte[] record(long watermark, boolean isIdle) {
    out.begin();
    try {
      out.writeByte(isIdle ? RecordForm.IDLE : RecordForm.WATERMARK);
      out.writeSigned(watermark);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cells are in memory
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }
}
