package io.millrace.spi.connector;

import org.jspecify.annotations.Nullable;

/**
 * Where a source and its decoder write rows: straight into the columns of the next batch. Used by
 * the thread that polls.
 *
 * <p>For each record the source first says what it knows of it ({@link #record}), then has it
 * decoded; for each row the decoder calls {@link #beginRow}, then one setter for each column that
 * has a value (the others are NULL; a setter that is called again replaces the value), then {@link
 * #endRow}. A row that was begun and not ended is dropped by the next {@link #beginRow} or {@link
 * #reject}.
 */
public interface RowWriter {
  /** What a source that has no record time says. */
  long NO_TIME = Long.MIN_VALUE;

  /**
   * Begins a record.
   *
   * @param origin what names the record in errors and the dead letter, such as {@code
   *     trades-0@1500} or {@code orders.json:17}; kept until the next call only if it is needed, so
   *     it may be made lazily
   * @param recordTime the time of the record in milliseconds since the epoch, or {@link #NO_TIME}
   */
  void record(RecordOrigin origin, long recordTime);

  /**
   * Sets the boxed internal value of a pseudo-column for all rows of the current record.
   *
   * @param index the index in {@link SourceConnector#metadata()}
   */
  void setMetadata(int index, @Nullable Object value);

  /** Whether a query reads the pseudo-column, so that making its value is worth the effort. */
  boolean wantsMetadata(int index);

  void beginRow();

  void endRow();

  /** Ends the row as a deletion of its key; for tables. */
  void endDeletion();

  void setNull(int column);

  void setBoolean(int column, boolean value);

  /** Sets the internal form of an INT, BIGINT, TIMESTAMP, DATE, TIME or INTERVAL. */
  void setLong(int column, long value);

  void setDouble(int column, double value);

  /** Sets the internal form of a DECIMAL, STRING, BYTES, ARRAY, MAP or STRUCT, or NULL. */
  void setObject(int column, @Nullable Object value);

  /**
   * Gives a record that cannot be decoded to the stream's error policy. The row that was begun is
   * dropped.
   *
   * @throws io.millrace.spi.error.MillraceException if the policy is to stop
   */
  void reject(byte[] bytes, int offset, int length, String error);

  /** Counts a record without a value, which is no row of a stream. */
  void skipEmpty();
}
