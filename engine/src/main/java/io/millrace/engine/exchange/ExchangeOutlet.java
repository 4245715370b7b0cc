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

/**
 * Sends the rows that leave a part at an exchange to the parts in which their groups are, and tells
 * all parts how far the watermark has come: with each row, and at the end of each interval. Nobody
 * sees anything of an interval before it is committed, so nobody waits for that.
 */
public final class ExchangeOutlet {
  private final List<Integer> columns;
  private final int parts;
  private final int fingerprint;
  private final RowCodec codec;
  private final StateWriter out = StateWriter.ofCells();
  private final Column[] keys;
  private Optional<ExchangeSink> sink = Optional.empty();

  /** What each part has been told last. */
  private final long[] told;

  /**
   * @param schema the columns of the rows
   * @param columns those by which their part is chosen; none if all go to the first, and the others
   *     hear of nothing
   * @param parts how many there are
   */
  public ExchangeOutlet(Schema schema, List<Integer> columns, int parts) {
    this.columns = List.copyOf(columns);
    this.parts = parts;
    this.fingerprint = RecordForm.fingerprint(schema);
    this.codec = RowCodec.of(schema);
    this.keys = new Column[columns.size()];
    this.told = new long[parts];
    Arrays.fill(told, Timeline.NEVER);
  }

  /** Begins to send, after nothing was sent or what was sent since the last commit is void. */
  public void open(ExchangeSink opened) {
    sink = Optional.of(opened);
    Arrays.fill(told, Timeline.NEVER);
  }

  /** Sends rows. */
  public void accept(Batch batch) {
    Arrays.setAll(keys, i -> batch.column(columns.get(i)));
    ExchangeSink to = sink.orElseThrow();
    for (int row = 0; row < batch.size(); row++) {
      int advance = Timeline.lastAdvanceBefore(batch.position(row));
      long watermark = before(batch.timeline(), advance);
      int part = columns.isEmpty() ? 0 : partOf(KeyHash.hash(keys, keys.length, row), parts);
      to.send(part, record(batch, row, watermark, before(batch.lateness(), advance)));
      told[part] = watermark;
    }
  }

  private static long before(Timeline timeline, int advance) {
    return advance < 0 ? timeline.beforeFirst() : timeline.before(advance);
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

  /** Tells all parts how far the watermark has come, where they have not been told. */
  public void tell(long watermark) {
    byte[] record = record(watermark);
    for (int part = 0; part < (columns.isEmpty() ? 1 : parts); part++) {
      if (told[part] != watermark) {
        sink.orElseThrow().send(part, record);
        told[part] = watermark;
      }
    }
  }

  private byte[] record(long watermark) {
    out.begin();
    try {
      out.writeByte(RecordForm.WATERMARK);
      out.writeSigned(watermark);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // cells are in memory
    }
    return Arrays.copyOf(out.bytes(), out.size());
  }
}
