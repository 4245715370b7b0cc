package io.millrace.spi.types;

/** How the values of a type lie in a column. */
public enum Layout {
  /** {@code boolean[]}. */
  BOOLEAN,
  /**
   * {@code long[]}: integers, and times as milliseconds, days or nanoseconds (see {@link
   * DataType}).
   */
  LONG,
  /** {@code double[]}. */
  DOUBLE,
  /** {@code Object[]}: decimals, strings, bytes, arrays, maps, structs. */
  OBJECT
}
