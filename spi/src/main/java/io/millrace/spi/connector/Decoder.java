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

  /** Says that a new file or connection begins: a CSV header is expected again. */
  void reset();
}
