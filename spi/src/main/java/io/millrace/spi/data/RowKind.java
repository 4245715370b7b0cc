package io.millrace.spi.data;

import org.jspecify.annotations.Nullable;

/** The kind of a row of a change log. Batches hold {@link #code()}. */
public enum RowKind {
  INSERT("+I"),
  UPDATE_BEFORE("-U"),
  UPDATE_AFTER("+U"),
  DELETE("-D");

  private static final RowKind[] ALL = values();
  private final String symbol;

  RowKind(String symbol) {
    this.symbol = symbol;
  }

  public byte code() {
    return (byte) ordinal();
  }

  public static RowKind of(byte code) {
    return ALL[code];
  }

  /** {@code +I}, {@code -U}, {@code +U} or {@code -D}. */
  public String symbol() {
    return symbol;
  }

  /**
   * The symbol of the kind of a row of a batch.
   *
   * @param kinds those of its rows: see {@link Batch#kinds()}
   */
  public static String symbol(byte @Nullable [] kinds, int row) {
    return (kinds == null ? INSERT : of(kinds[row])).symbol;
  }

  /** Whether the row takes something away: {@code -U} or {@code -D}. */
  public boolean isRetraction() {
    return this == UPDATE_BEFORE || this == DELETE;
  }
}
