package io.millrace.spi.data;

import io.millrace.spi.time.Moments;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Up to about a thousand rows of one schema in columns, with their event times and positions, and
 * for change logs their kinds.
 *
 * <p>A batch is lent and read-only from the moment it is passed on until the call returns; whoever
 * keeps rows copies them. Its maker fills and reuses it. A column may be shared with the batch that
 * it came from.
 *
 * <p>Rows are in the order of their positions, which never fall inside a batch nor from batch to
 * batch of a turn. {@code positions() == null} means that row {@code i} has the code {@link
 * Timeline#ofRow Timeline.ofRow(i)}: the dense form of a source's own batch.
 */
public final class Batch {
  /** How many numbers the rank of a row has. */
  public static final int RANK = 4;

  /** The greatest lane. What would have a greater one has this one. */
  public static final int MAX_LANE = Short.MAX_VALUE;

  /** How many bits of the order of rows with equal times are their position's. */
  private static final int POSITION_BITS = 48;

  private final Schema schema;
  private final Column[] columns;
  private int size;
  private long[] rowtimes;
  private int @Nullable [] positions;
  private int @Nullable [] places;
  private int @Nullable [] lanes;
  private byte @Nullable [] kinds;
  private long @Nullable [] ranks;
  private long @Nullable [] moments;
  private Timeline timeline;
  private Timeline lateness;

  public Batch(Schema schema, Column[] columns, Timeline timeline) {
    this.schema = schema;
    this.columns = columns;
    this.rowtimes = new long[0];
    this.timeline = timeline;
    this.lateness = timeline;
  }

  public Schema schema() {
    return schema;
  }

  public int size() {
    return size;
  }

  public Column column(int index) {
    return columns[index];
  }

  /** The columns, to be changed by the batch's maker only. */
  public Column[] columns() {
    return columns;
  }

  /** The event time of each row, in milliseconds since the epoch. */
  public long[] rowtimes() {
    return rowtimes;
  }

  /** The position code of each row, or null for the dense form. */
  public int @Nullable [] positions() {
    return positions;
  }

  public int position(int row) {
    int[] codes = positions;
    return codes == null ? Timeline.ofRow(row) : codes[row];
  }

  /**
   * For each row the place in the script of the query that sent it, the second part of its order
   * key; null where all rows are of one query.
   */
  public int @Nullable [] places() {
    return places;
  }

  /**
   * For each row its lane, from 0 to {@link #MAX_LANE}: the number of the source partition that it
   * comes from, among those whose rows come together. Rows of equal times that are put in order, or
   * of which one is first, are in the order of their lanes, so that it does not matter which
   * partition was read first. Null where all are of lane 0: of one partition, or in the order of
   * their arrival.
   */
  public int @Nullable [] lanes() {
    return lanes;
  }

  public int lane(int row) {
    int[] numbers = lanes;
    return numbers == null ? 0 : numbers[row];
  }

  /**
   * Where a row stands among those of its time: by its lane, then by its cause. Greater than 0, and
   * compared with others that the same operator has had.
   */
  public long cause(int row) {
    long cause = timeline.base() + position(row);
    int[] numbers = lanes;
    return numbers == null || numbers[row] == 0
        ? cause
        : ((long) numbers[row] << POSITION_BITS) | (cause & ((1L << POSITION_BITS) - 1));
  }

  /**
   * For each row {@link #RANK} numbers, compared one after the other, that say where it comes among
   * those that its operator sends at one position: the third part of its order key. Null where they
   * are in order as they are. Written only where several instances of an operator are merged.
   */
  public long @Nullable [] ranks() {
    return ranks;
  }

  /**
   * For each row its moment: if a deadline has brought it about, that of the watermark at which it
   * is due ({@link Moments#ofDeadline}); if it has waited for its place, that of its time, behind
   * the deadlines of then ({@link Moments#ofRow}); else {@code END}. One advance of time may pass
   * many deadlines: of the rows that these send at one position, those that are due earlier come
   * first where ways meet again, so that it does not matter in how many steps time goes on. Moments
   * are compared and handed on, but are no times. Null where all have the moments of {@link
   * #momentOf}.
   */
  public long @Nullable [] moments() {
    return moments;
  }

  /** See {@link #moments}. */
  public long moment(int row) {
    long[] known = moments;
    return known == null ? momentOf(rowtimes[row], position(row)) : known[row];
  }

  /**
   * The moment of a row that says nothing else: where an advance has brought it about, the
   * watermark that has passed its time.
   */
  static long momentOf(long rowtime, int position) {
    boolean isOfRow = (position & 1) != 0;
    return isOfRow || rowtime == Timeline.END ? Timeline.END : Moments.ofDeadline(rowtime + 1);
  }

  /**
   * The moment of what is sent at the position of a row because the row has moved time past a
   * deadline.
   */
  public long momentFor(int row, long deadline) {
    long due = timeline.momentOfDeadline(deadline, position(row));
    if (!Moments.isFollowing(due)) {
      return Math.min(due, moment(row));
    }
    Moments moments = timeline.moments();
    boolean isOfRow = (position(row) & 1) != 0;
    return isOfRow ? moments.following(Timeline.NEVER, moments.ownPart(due)) : moment(row);
  }

  /**
   * How far time is before a row: the watermark before it or, if an advance has brought it about,
   * the last deadline before its moment, as far as that advance has reached it. So what is due in
   * front of a row is the same in however many steps time goes on.
   */
  public long reached(int row) {
    return reached(row, timeline);
  }

  /**
   * As {@link #reached(int)}, by the watermark of an operator that has other inputs, too.
   *
   * @param watermark over the turn of which the batch is
   */
  public long reached(int row, Timeline watermark) {
    int position = position(row);
    int seen = Timeline.lastAdvanceBefore(position);
    long before = seen < 0 ? watermark.beforeFirst() : watermark.before(seen);
    boolean isOfRow = (position & 1) != 0;
    long moment = isOfRow ? Timeline.END : moment(row);
    if (moment == Timeline.END) {
      return before;
    }
    long due = watermark.reachedBefore(position, moment, watermark.moments());
    return Math.max(before, Math.min(due, watermark.before(position >> 1)));
  }

  /**
   * What a row has seen of the watermark by which it is late: that of its own partition before it,
   * with what rows of earlier moments have moved it to.
   */
  public long seen(int row) {
    return seen(row, lateness);
  }

  /** As {@link #seen(int)}, of another watermark over the turn. */
  public long seen(int row, Timeline watermark) {
    int position = position(row);
    int advance = Timeline.lastAdvanceBefore(position);
    long before = advance < 0 ? watermark.beforeFirst() : watermark.before(advance);
    return Math.max(before, watermark.seenAt(position, moment(row)));
  }

  /** As {@link #reached(int)}, for rows up to {@code to}, at their indices. */
  public void reached(int from, int to, long[] into) {
    if (positions == null) {
      timeline.before(from, to, into);
      return;
    }
    for (int row = from; row < to; row++) {
      into[row] = reached(row);
    }
  }

  /** The {@link RowKind#code()} of each row, or null if all are {@code +I}. */
  public byte @Nullable [] kinds() {
    return kinds;
  }

  public RowKind kind(int row) {
    byte[] codes = kinds;
    return codes == null ? RowKind.INSERT : RowKind.of(codes[row]);
  }

  /** The watermark over the turn's positions, as this input sees it. */
  public Timeline timeline() {
    return timeline;
  }

  /**
   * The watermark by which the rows are late: that of their own source partition, never before
   * {@link #timeline()}.
   */
  public Timeline lateness() {
    return lateness;
  }

  /** Sets what every row has: times, positions, kinds. The arrays are shared. */
  public Batch rows(int count, long[] times, int @Nullable [] codes, byte @Nullable [] changes) {
    size = count;
    // A maker mostly gives the same arrays again. In batches of one row the garbage collector's
    // barrier of a reference that is written costs more than to compare it.
    if (rowtimes != times) {
      rowtimes = times;
    }
    if (positions != codes) {
      positions = codes;
    }
    if (kinds != changes) {
      kinds = changes;
    }
    if (ranks != null) {
      ranks = null;
    }
    if (moments != null) {
      moments = null;
    }
    return places(null).lanes(null);
  }

  /**
   * Takes times, positions, moments, kinds, places, lanes, ranks and timelines over from the batch
   * of which this one is computed row by row.
   */
  public Batch rowsOf(Batch source) {
    return rows(source.size, source.rowtimes, source.positions, source.kinds)
        .places(source.places)
        .lanes(source.lanes)
        .ranks(source.ranks)
        .moments(source.moments)
        .timelines(source.timeline, source.lateness);
  }

  public Batch kinds(byte @Nullable [] codes) {
    kinds = codes;
    return this;
  }

  public Batch places(int @Nullable [] values) {
    if (places != values) {
      places = values;
    }
    return this;
  }

  public Batch lanes(int @Nullable [] values) {
    if (lanes != values) {
      lanes = values;
    }
    return this;
  }

  public Batch ranks(long @Nullable [] values) {
    ranks = values;
    return this;
  }

  public Batch moments(long @Nullable [] values) {
    if (moments != values) {
      moments = values;
    }
    return this;
  }

  public Batch timelines(Timeline emission, Timeline ownPartition) {
    if (timeline != emission) {
      timeline = emission;
    }
    if (lateness != ownPartition) {
      lateness = ownPartition;
    }
    return this;
  }
}
