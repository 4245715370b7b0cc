package io.millrace.spi.data;

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

  /** Whether the row takes something away: {@code -U} or {@code -D}. */
  public boolean isRetraction() {
    return this == UPDATE_BEFORE || this == DELETE;
  }
}
