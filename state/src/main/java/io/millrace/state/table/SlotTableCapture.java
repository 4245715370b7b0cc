package io.millrace.state.table;

import io.millrace.state.codec.ColumnCodec;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedRows;
import io.millrace.state.form.CapturedState;
import java.io.IOException;
import java.util.PrimitiveIterator;

/**
 * What was captured of a slot table: its limit, what happened to the removed slots, and in rising
 * order the slots in use that have changed, with their columns. Slots that have come and are not
 * among the removed are among the changed.
 */
public final class SlotTableCapture implements CapturedState {
  private final Header header;
  private final PrimitiveIterator.OfInt slots;
  private final CapturedRows rows;

  /**
   * What stands in front of the slots.
   *
   * @param isWhole whether it holds all that is there; else it continues what was captured before
   * @param limit of the table
   * @param freed the removed slots
   * @param count how many slots follow
   */
  public record Header(boolean isWhole, int limit, FreeSlots.Change freed, int count) {
    private void write(StateWriter out) throws IOException {
      out.writeByte(isWhole ? 1 : 0);
      out.writeUnsigned(limit);
      freed.write(out);
      out.writeUnsigned(count);
    }

    public static Header read(StateReader in) throws IOException {
      return new Header(in.readByte() != 0, in.readInt(), FreeSlots.Change.read(in), in.readInt());
    }
  }

  /**
   * Takes what is to be written.
   *
   * @param slots those of the rows, {@code header.count} of them
   */
  public SlotTableCapture(Header header, PrimitiveIterator.OfInt slots, CapturedRows rows) {
    this.header = header;
    this.slots = slots;
    this.rows = rows;
  }

  @Override
  public void write(StateWriter out) throws IOException {
    header.write(out);
    long[] distances = new long[ColumnCodec.CHUNK];
    int last = -1;
    for (int from = 0; from < header.count; from += ColumnCodec.CHUNK) {
      int count = rows.nextCount();
      for (int i = 0; i < count; i++) {
        int slot = slots.nextInt();
        distances[i] = (long) slot - last;
        last = slot;
      }
      out.writeLongs(distances, count);
      rows.writeNext(out);
    }
  }

  /**
   * Reads the slots of a chunk, at most {@link ColumnCodec#CHUNK}.
   *
   * @param before the slot in front of them, -1 if they are the first
   * @param limit all are below it
   * @return the last one
   */
  public static int readSlots(int[] slots, int count, int before, int limit, StateReader in)
      throws IOException {
    long[] distances = new long[count];
    in.readLongs(distances, count);
    long last = before;
    for (int i = 0; i < count; i++) {
      if (distances[i] <= 0 || distances[i] >= limit - last) {
        throw StateReader.damaged();
      }
      last += distances[i];
      slots[i] = (int) last;
    }
    return (int) last;
  }
}
