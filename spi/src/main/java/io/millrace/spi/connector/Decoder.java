package io.millrace.spi.connector;

/** Decodes records into columns, without an object tree in between. Used by one thread. */
public interface Decoder {
  /**
   * Decodes one record and writes its rows (usually one; none for a blank line or a header) through
   * {@code writer}.
   *
   * @throws DecodeException if the record cannot be decoded; a row that was begun is taken back by
   *     the caller
   */
  void decode(byte[] bytes, int offset, int length, RowWriter writer);

  /** How records are told apart in a file. */
  Framing framing();

  /**
   * The number of records at the start of each file that say how to read the others, such as the
   * header of CSV: who goes on in the middle of a file calls {@link #reset} and gives these first.
   */
  int headerRecords();

  /**
   * Says that a file begins: its first {@link #headerRecords} records are read as such. Where it is
   * never called, as for messages, every record is a row.
   */
  void reset();
}
