package io.millrace.spi.data;

import io.millrace.spi.time.Moments;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Arrays;

/**
 * A growing batch that its owner writes: the output of an operator, or rows that it copies to keep
 * for a turn. Used by one thread.
 *
 * <p>Append a row with {@link #append}, then write its columns at the index that it gives.
 */
public final class RowBuffer {
  private static final int RANK = Batch.RANK;
  private final Schema schema;
  private final Column[] columns;
  private final Batch batch;

  /** Of the rows, in which deadlines are said. */
  private final Timeline timeline;

  private long[] rowtimes;
  private int[] positions;
  private int[] places;
  private byte[] kinds;
  private boolean anyKind;

  /** As long as {@link #rowtimes}; empty until a row has a lane other than 0. */
  private int[] lanes = new int[0];

  /** Whether any row has a lane other than 0: then those that were given none have 0. */
  private boolean anyLane;

  /**
   * {@link Batch#RANK} numbers for each row, and room for those of as many rows as there is room
   * for; empty until a row has any.
   */
  private long[] ranks = new long[0];

  /** Whether any row has a rank: then those that were given none have one of zeros. */
  private boolean anyRank;

  /** In which those of the rows are counted that have been copied. */
  private Moments known = Moments.NONE;

  /** As long as {@link #rowtimes}; empty until a row has another moment than it would have. */
  private long[] moments = new long[0];

  /** Whether any row has: then the others have theirs written, too. */
  private boolean anyMoment;

  /** 0, 1, 2, … */
  private int[] every = new int[0];

  private int size;

  public RowBuffer(Schema schema, int capacity, Timeline timeline) {
    this.schema = schema;
    this.timeline = timeline;
    this.columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(schema.type(i).layout(), capacity);
    }
    this.batch = new Batch(schema, columns, timeline);
    this.rowtimes = new long[capacity];
    this.positions = new int[capacity];
    this.places = new int[capacity];
    this.kinds = new byte[capacity];
  }

  public Schema schema() {
    return schema;
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public Column column(int index) {
    return columns[index];
  }

  public Column[] columns() {
    return columns;
  }

  public long[] rowtimes() {
    return rowtimes;
  }

  public int[] positions() {
    return positions;
  }

  /** Adds a row of kind {@code +I} and gives its index; its columns hold what they held. */
  public int append(long rowtime, int position) {
    ensureCapacity(size + 1);
    rowtimes[size] = rowtime;
    positions[size] = position;
    places[size] = 0;
    kinds[size] = 0;
    if (anyLane) {
      lanes[size] = 0;
    }
    if (anyRank) {
      Arrays.fill(ranks, size * RANK, (size + 1) * RANK, 0);
    }
    if (anyMoment) {
      moments[size] = Batch.momentOf(rowtime, position);
    }
    return size++;
  }

  /** Adds a row of any kind and gives its index. */
  public int append(long rowtime, int position, RowKind kind) {
    int row = append(rowtime, position);
    kinds[row] = kind.code();
    anyKind |= kind != RowKind.INSERT;
    return row;
  }

  /**
   * Adds a row that a row of a batch has brought about: at its position and moment, with its rank.
   * It is of lane 0: what an operator makes is in the order in which it makes it.
   *
   * @return its index; its columns hold what they held
   */
  public int appendFor(Batch cause, int causeRow, long rowtime, RowKind kind) {
    int row = append(rowtime, cause.position(causeRow), kind);
    long[] from = cause.ranks();
    if (from != null) {
      makeRanks();
      System.arraycopy(from, causeRow * RANK, ranks, row * RANK, RANK);
    }
    if (cause.moments() != null || (positions[row] & 1) == 0) {
      known = cause.timeline().moments();
      moment(row, cause.moment(causeRow));
    }
    return row;
  }

  /** Copies a row of a batch of the same layouts, with its time, order key, lane and kind. */
  public void append(Batch source, int sourceRow) {
    int row = appendFor(source, sourceRow, source.rowtimes()[sourceRow], source.kind(sourceRow));
    lane(row, source.lane(sourceRow));
    int[] from = source.places();
    places[row] = from == null ? 0 : from[sourceRow];
    for (int i = 0; i < columns.length; i++) {
      columns[i].copy(source.column(i), sourceRow, row);
    }
  }

  /** Copies all rows of a batch of the same layouts. */
  public void appendAll(Batch source) {
    int count = source.size();
    if (every.length < count) {
      every = new int[count];
      Arrays.setAll(every, i -> i);
    }
    int first = appendRowsOf(source, every, count);
    for (int i = 0; i < columns.length; i++) {
      columns[i].gather(source.column(i), every, count, first);
    }
    int[] from = source.places();
    if (from == null) {
      Arrays.fill(places, first, size, 0);
    } else {
      System.arraycopy(from, 0, places, first, count);
    }
  }

  /**
   * Adds a row taken from another buffer: time, position, moment, place, lane, rank and kind; the
   * columns are for the caller to fill.
   */
  public void appendRowOf(RowBuffer source, int sourceRow) {
    int row =
        append(
            source.rowtimes[sourceRow],
            source.positions[sourceRow],
            RowKind.of(source.kinds[sourceRow]));
    places[row] = source.places[sourceRow];
    lane(row, source.anyLane ? source.lanes[sourceRow] : 0);
    if (source.anyRank) {
      makeRanks();
      System.arraycopy(source.ranks, sourceRow * RANK, ranks, row * RANK, RANK);
    }
    if (source.anyMoment) {
      moment(row, source.moments[sourceRow]);
    }
  }

  /**
   * Says of the rows from {@code first} on that they are due when the watermark of the buffer's
   * timeline is at a time.
   */
  public void dueAt(int first, long deadline) {
    dueAt(first, deadline, timeline);
  }

  /** Says of the rows from {@code first} on that they are due when a watermark is at a time. */
  public void dueAt(int first, long deadline, Timeline watermark) {
    moment(first, watermark.momentOfDeadline(deadline, positions[first]));
  }

  /**
   * Says of the rows from {@code first} on that they have waited for their places by time.
   *
   * @param settlesOwnTime whether none of their own time can come any more
   */
  public void inPlace(int first, boolean settlesOwnTime) {
    for (int row = first; row < size; row++) {
      long time = rowtimes[row];
      if (settlesOwnTime || time == Timeline.END) {
        momentOf(row, timeline.momentOfRow(time, positions[row]));
      } else {
        momentOf(row, timeline.momentOfDeadline(time + 1, positions[row]));
      }
    }
  }

  /**
   * Says of the rows from {@code first} on that have a time, or one before it, that they have come
   * at a moment, though what moves the buffer's timeline had reached their time by an earlier one.
   */
  public void notBefore(int first, long moment, long time) {
    Moments moments = timeline.moments();
    for (int row = first; row < size && rowtimes[row] <= time; row++) {
      long own = moment(row);
      if (Moments.isFollowing(own) && moments.compare(own, moment) < 0) {
        long at = moments.padded(moment, moments.parts(own) - 1, Timeline.NEVER);
        momentOf(row, moments.following(at, moments.ownPart(own)));
      }
    }
  }

  /** Says what the moment of the rows from {@code first} on is: see {@link Batch#moments}. */
  public void moment(int first, long moment) {
    for (int row = first; row < size; row++) {
      momentOf(row, moment);
    }
  }

  private void momentOf(int row, long moment) {
    if (!anyMoment && moment != Batch.momentOf(rowtimes[row], positions[row])) {
      makeMoments();
    }
    if (anyMoment) {
      moments[row] = moment;
    }
  }

  /** The moment of a row: see {@link Batch#moments}. */
  public long moment(int row) {
    return anyMoment ? moments[row] : Batch.momentOf(rowtimes[row], positions[row]);
  }

  /** The moments of all rows: see {@link Batch#moments}. */
  public long[] moments() {
    if (!anyMoment) {
      makeMoments();
    }
    return moments;
  }

  private void makeMoments() {
    if (moments.length < rowtimes.length) {
      moments = new long[rowtimes.length];
    }
    anyMoment = true;
    fillMoments(0);
  }

  /** Writes the moments that rows have of which nothing else is said. */
  private void fillMoments(int first) {
    for (int row = first; row < size; row++) {
      moments[row] = Batch.momentOf(rowtimes[row], positions[row]);
    }
  }

  /**
   * Compares what has brought a row about with what has brought a row of another buffer about: by
   * position, then by moment.
   */
  public int compareCause(int row, RowBuffer other, int otherRow) {
    int byPosition = Integer.compare(positions[row], other.positions[otherRow]);
    if (byPosition != 0) {
      return byPosition;
    }
    Moments moments = known == Moments.NONE ? other.known : known;
    return moments.compare(moment(row), other.moment(otherRow));
  }

  /**
   * Says where a row comes among those that an operator sends at one position, for whoever merges
   * what several instances of it send.
   */
  public void rank(int row, long end, long start, long firstTime, long firstCause) {
    makeRanks();
    ranks[row * RANK] = end;
    ranks[row * RANK + 1] = start;
    ranks[row * RANK + 2] = firstTime;
    ranks[row * RANK + 3] = firstCause;
  }

  /**
   * Whether a row comes before a row of another buffer: by position and moment, then by rank. One
   * without a rank has one of zeros.
   */
  public boolean isBefore(int row, RowBuffer other, int otherRow) {
    int byCause = compareCause(row, other, otherRow);
    if (byCause != 0) {
      return byCause < 0;
    }
    for (int i = 0; i < RANK && (anyRank || other.anyRank); i++) {
      long rank = anyRank ? ranks[row * RANK + i] : 0;
      long otherRank = other.anyRank ? other.ranks[otherRow * RANK + i] : 0;
      if (rank != otherRank) {
        return rank < otherRank;
      }
    }
    return false;
  }

  /** The rows that are there get ranks of zeros, unless they have others. */
  private void makeRanks() {
    if (anyRank) {
      return;
    }
    if (ranks.length == 0) {
      ranks = new long[RANK * rowtimes.length];
    }
    Arrays.fill(ranks, 0, size * RANK, 0);
    anyRank = true;
  }

  /**
   * Adds {@code count} rows taken from {@code source} at {@code rows[0..count)}: times, positions,
   * lanes, ranks and kinds; the columns are for the caller to fill.
   */
  public int appendRowsOf(Batch source, int[] rows, int count) {
    ensureCapacity(size + count);
    long[] times = source.rowtimes();
    int[] codes = source.positions();
    byte[] changes = source.kinds();
    int first = size;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      rowtimes[first + i] = times[row];
      positions[first + i] = codes == null ? Timeline.ofRow(row) : codes[row];
    }
    for (int i = 0; i < count; i++) {
      kinds[first + i] = changes == null ? 0 : changes[rows[i]];
    }
    anyKind |= changes != null;
    size += count;
    int[] numbers = source.lanes();
    if (numbers != null) {
      makeLanes();
      for (int i = 0; i < count; i++) {
        lanes[first + i] = numbers[rows[i]];
      }
    } else if (anyLane) {
      Arrays.fill(lanes, first, size, 0);
    }
    long[] ranked = source.ranks();
    if (ranked != null) {
      makeRanks();
      for (int i = 0; i < count; i++) {
        System.arraycopy(ranked, rows[i] * RANK, ranks, (first + i) * RANK, RANK);
      }
    } else if (anyRank) {
      Arrays.fill(ranks, first * RANK, size * RANK, 0);
    }
    appendMoments(source, rows, first);
    return first;
  }

  private void appendMoments(Batch source, int[] rows, int first) {
    long[] from = source.moments();
    known = from == null ? known : source.timeline().moments();
    if (from != null && !anyMoment) {
      makeMoments();
    } else if (from == null && anyMoment) {
      fillMoments(first);
    }
    for (int i = first; from != null && i < size; i++) {
      moments[i] = from[rows[i - first]];
    }
  }

  /** The place in the script of the query that sent the row. */
  public int place(int row) {
    return places[row];
  }

  public void place(int row, int value) {
    places[row] = value;
  }

  /** See {@link Batch#lanes}. */
  public void lane(int row, int value) {
    if (value != 0) {
      makeLanes();
    }
    if (anyLane) {
      lanes[row] = value;
    }
  }

  /** The rows that are there are of lane 0, unless they have others. */
  private void makeLanes() {
    if (anyLane) {
      return;
    }
    if (lanes.length == 0) {
      lanes = new int[rowtimes.length];
    }
    Arrays.fill(lanes, 0, size, 0);
    anyLane = true;
  }

  public void ensureCapacity(int capacity) {
    if (capacity <= rowtimes.length) {
      return;
    }
    int grown = Math.max(capacity, 2 * rowtimes.length);
    rowtimes = Arrays.copyOf(rowtimes, grown);
    positions = Arrays.copyOf(positions, grown);
    places = Arrays.copyOf(places, grown);
    kinds = Arrays.copyOf(kinds, grown);
    if (lanes.length > 0) {
      lanes = Arrays.copyOf(lanes, grown);
    }
    if (ranks.length > 0) {
      ranks = Arrays.copyOf(ranks, RANK * grown);
    }
    if (anyMoment) {
      moments = Arrays.copyOf(moments, grown);
    }
    for (Column column : columns) {
      column.ensureCapacity(grown);
    }
  }

  /** Takes the last row off again. */
  public void removeLast() {
    size--;
  }

  /** The rows as a batch, valid until the buffer is changed. */
  public Batch batch(Timeline timeline, Timeline lateness) {
    batch.rows(size, rowtimes, positions, anyKind ? kinds : null).timelines(timeline, lateness);
    if (anyLane) {
      batch.lanes(lanes);
    }
    if (anyMoment) {
      batch.moments(moments);
    }
    return anyRank ? batch.ranks(ranks) : batch;
  }

  /** As {@link #batch}, with the places of rows merged from several queries. */
  public Batch batchWithPlaces(Timeline timeline, Timeline lateness) {
    return batch(timeline, lateness).places(places);
  }

  /** Empties the buffer; its memory stays. */
  public void clear() {
    size = 0;
    anyKind = false;
    anyLane = false;
    anyRank = false;
    anyMoment = false;
    for (Column column : columns) {
      column.clearNulls();
    }
  }
}
