package io.millrace.operators.expiry;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.KeyNumber;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Map;

/**
 * Says which keys of a table have expired. A row touches its key at its own time or, if it is
 * behind, at what time has reached before it ({@link Batch#reached}); a key expires at the advance
 * of time at which the watermark has reached its last touch plus the time-to-live. Of what one
 * advance brings about, each row finds what has not expired before its moment: also at the end of
 * the input, behind which nothing expires any more.
 *
 * <p>Touching writes a field. Each key has one entry in an index by time, with the deadline that it
 * had when the entry was made: when that is reached and the key was touched since, the entry moves
 * to the new deadline. So a key is looked at once per time-to-live, however often it is touched.
 * Two fields of each slot hold the deadline and that of the entry, with the sign bit turned, so
 * that 0, which a new slot has, is none; entries of keys that were removed in another way match no
 * field and are dropped.
 */
public final class Expiry {
  private static final int VERSION = 1;
  private static final int DEADLINE = 0;
  private static final int ENTRY = 1;
  private static final List<StateType> FIELDS =
      List.of(
          StateType.of("expires", DataType.BIGINT), StateType.of("expiry_entry", DataType.BIGINT));
  private static final Schema ENTRY_SCHEMA = Schema.of(new Field("number", DataType.BIGINT));

  private final long ttl;
  private final int firstField;
  private final SortBuffer entries;
  private final LongColumn number = new LongColumn(1);
  private final long[] deadline = new long[1];
  private final Batch entry;
  private final RowBuffer due;

  /** Takes away what a key held that has expired; the key itself is removed behind it. */
  @FunctionalInterface
  public interface Removal {
    /**
     * Called for one key after the other, in the order of their deadlines.
     *
     * @param slot where the key is when it is called
     * @param time its deadline
     * @param code the position at which it expires
     */
    void expire(int slot, long time, int code);

    /** Whether a key that nothing has touched holds something that is needed all the same. */
    default boolean isHeld(int slot) {
      return false;
    }
  }

  private Expiry(long ttl, int firstField, SortBuffer entries) {
    this.ttl = ttl;
    this.firstField = firstField;
    this.entries = entries;
    this.entry = new Batch(ENTRY_SCHEMA, new LongColumn[] {number}, new SourceTimeline());
    this.due = new RowBuffer(ENTRY_SCHEMA, 1, new SourceTimeline());
  }

  /** The fields that a table must have for it. */
  public static List<StateType> fields(long ttlMillis) {
    return ttlMillis == 0 ? List.of() : FIELDS;
  }

  /**
   * Declares the index.
   *
   * @param ttlMillis the time-to-live; 0 if keys live for ever
   * @param table the name of the table
   * @param firstField the index of the first of {@link #fields} in the table
   */
  public static Expiry open(long ttlMillis, String table, int firstField, OperatorContext context) {
    if (ttlMillis < 0) {
      throw new IllegalArgumentException("a time-to-live of " + ttlMillis + " ms");
    }
    SortBufferSpec spec =
        new SortBufferSpec(
            "expiry", VERSION, List.of(DataType.BIGINT), Map.of(0, new KeyNumber(table, 0)));
    return new Expiry(
        ttlMillis, firstField, ttlMillis == 0 ? new NoEntries() : context.state().sortBuffer(spec));
  }

  /** What {@code EXPLAIN} says of a time-to-live. */
  public static String describe(long ttlMillis) {
    return ttlMillis == 0 ? "" : ", expires after " + ttlMillis + " ms";
  }

  /** Whether keys expire at all. */
  public boolean isActive() {
    return ttl > 0;
  }

  /** Whether a key has not been touched yet. */
  public boolean isNew(SlotTable table, int slot) {
    return field(table, DEADLINE)[slot] == 0;
  }

  /** Notes that a row has touched its key. */
  public void touch(SlotTable table, int slot, Batch batch, int row) {
    if (ttl != 0) {
      keepUntil(table, slot, deadlineOf(batch, row));
    }
  }

  /** Notes that something has touched a key at a time, which the watermark has reached. */
  public void touch(SlotTable table, int slot, long time) {
    if (ttl != 0) {
      keepUntil(table, slot, behind(time));
    }
  }

  private void keepUntil(SlotTable table, int slot, long deadline) {
    long expires = deadline ^ Long.MIN_VALUE;
    long[] deadlines = field(table, DEADLINE);
    if (deadlines[slot] == 0 || (deadlines[slot] ^ Long.MIN_VALUE) < (expires ^ Long.MIN_VALUE)) {
      deadlines[slot] = expires;
    }
    if (field(table, ENTRY)[slot] == 0) {
      enter(table, slot);
    }
  }

  /**
   * The first row behind {@code from} in front of which a key may expire, be it one that a row
   * before it has touched; the batch's size if there is none.
   */
  public int runEnd(Batch batch, int from) {
    if (ttl == 0) {
      return batch.size();
    }
    long first = entries.firstTime();
    for (int row = from; row < batch.size(); row++) {
      if (row > from && isReached(first, batch.reached(row))) {
        return row;
      }
      first = Math.min(first, deadlineOf(batch, row));
    }
    return batch.size();
  }

  /** Removes the keys that expire before a row. */
  public void expireBefore(SlotTable table, Batch batch, int row, Removal removal) {
    long reached = batch.reached(row);
    while (entries.size() > 0 && isReached(entries.firstTime(), reached)) {
      int advance = batch.timeline().firstReaching(entries.firstTime(), 0);
      expireFirst(table, Timeline.ofAdvance(advance), removal);
    }
  }

  /** Removes the keys that expire up to the end of a turn. */
  public void expireAll(SlotTable table, Timeline timeline, Removal removal) {
    while (entries.size() > 0) {
      int advance = timeline.firstReaching(entries.firstTime(), 0);
      if (advance > timeline.length() || timeline.before(advance) == Timeline.END) {
        return;
      }
      expireFirst(table, Timeline.ofAdvance(advance), removal);
    }
  }

  /** Removes the keys that expire up to a time that has been reached, at a position. */
  public void expireUpTo(SlotTable table, long time, int code, Removal removal) {
    while (entries.size() > 0 && entries.firstTime() <= time) {
      expireFirst(table, code, removal);
    }
  }

  private void expireFirst(SlotTable table, int code, Removal removal) {
    due.clear();
    entries.drainTo(entries.firstTime(), 1, due, 0);
    int key = (int) ((LongColumn) due.column(0)).values()[0];
    if (table.isUsed(key)) {
      look(table, table.slot(key), due.rowtimes()[0], code, removal);
    }
  }

  /** Looks at a key whose entry may be due. */
  private void look(SlotTable table, int slot, long time, int code, Removal removal) {
    if (field(table, ENTRY)[slot] != (time ^ Long.MIN_VALUE)) {
      return;
    }
    table.touch(slot);
    if ((field(table, DEADLINE)[slot] ^ Long.MIN_VALUE) > time) {
      enter(table, slot);
      return;
    }
    if (removal.isHeld(slot)) {
      field(table, DEADLINE)[slot] = behind(time) ^ Long.MIN_VALUE;
      enter(table, slot);
      return;
    }
    int key = table.number(slot);
    removal.expire(slot, time, code);
    table.remove(table.slot(key));
  }

  /** Makes an entry with the key's deadline. */
  private void enter(SlotTable table, int slot) {
    long expires = field(table, DEADLINE)[slot];
    field(table, ENTRY)[slot] = expires;
    number.values()[0] = table.number(slot);
    deadline[0] = expires ^ Long.MIN_VALUE;
    entries.add(entry.rows(1, deadline, null, null), 0);
  }

  private long deadlineOf(Batch batch, int row) {
    long reached = batch.reached(row);
    long time = batch.rowtimes()[row];
    return behind(reached == Timeline.END ? time : Math.max(time, reached));
  }

  /** When a key expires that has been touched at a time. */
  private long behind(long touched) {
    return touched >= Timeline.END - 1 - ttl ? Timeline.END - 1 : touched + ttl;
  }

  private static boolean isReached(long time, long reached) {
    return time <= reached && reached != Timeline.END;
  }

  private long[] field(SlotTable table, int index) {
    return ((LongColumn) table.field(firstField + index)).values();
  }

  /** What stands for the index where keys live for ever. */
  private record NoEntries() implements SortBuffer {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public long firstTime() {
      return Long.MAX_VALUE;
    }

    @Override
    public void add(Batch source, int row) {
      throw new IllegalStateException("keys live for ever");
    }

    @Override
    public int drainTo(long time, int limit, RowBuffer target, int code) {
      return 0;
    }
  }
}
