package io.millrace.language.plan;

import io.millrace.spi.error.Span;
import io.millrace.spi.types.Schema;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream or table of a script.
 *
 * @param name as declared
 * @param isTable whether it is a table
 * @param schema its columns
 * @param keyColumns indexes of its key columns
 * @param time where its event time comes from
 * @param idleMillis after how long without a row it, or a partition of it, does not hold back the
 *     watermark of what it is merged into; 0 for never. Of a stream that queries feed, the shortest
 *     of what they read
 * @param sequence the numbers of its rows, in whose order queries take them, or null
 * @param marks the marks among its rows, by which queries align it with other streams, or null
 * @param connector the name of its connector, or null if it is in memory
 * @param options its WITH clause, by key as written; checked
 * @param isDerived whether queries feed it (CREATE … AS, INSERT INTO), so that its connector is a
 *     sink
 * @param kinds what is known of its rows if they take others back, or of a table that sends what
 *     its rows replace before them; else null
 * @param window the window that it is, whose rows are held for queries; null if it is none
 * @param rollup what it keeps if it is an aggregation, which sends no rows; else null
 * @param span its name in the script
 */
public record StreamDeclaration(
    String name,
    boolean isTable,
    Schema schema,
    List<Integer> keyColumns,
    TimeAttribute time,
    long idleMillis,
    @Nullable SequenceOrder sequence,
    @Nullable StreamMarks marks,
    @Nullable String connector,
    Map<String, String> options,
    boolean isDerived,
    @Nullable RowKinds kinds,
    @Nullable WindowSpec window,
    @Nullable Rollup rollup,
    Span span) {
  /** The option that says how long a row of a table is kept. */
  public static final String STATE_TTL = "state.ttl";

  public StreamDeclaration {
    keyColumns = List.copyOf(keyColumns);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** What it is, for people. */
  public String kind() {
    if (rollup != null) {
      return "aggregation";
    }
    return isTable ? "table" : window == null ? "stream" : "window";
  }

  /** Its window as the language writes it; empty if it has none. */
  public String windowText() {
    return window == null ? "" : WindowPrinter.print(window);
  }

  /** Whether it holds rows that a query can ask for. */
  public boolean holdsRows() {
    return isTable || window != null || rollup != null;
  }

  /** What is known of its rows if they take others back. */
  public Optional<RowKinds> rowKinds() {
    return Optional.ofNullable(kinds);
  }

  /** Whether its rows carry their kind of change: they do if no column says it. */
  public boolean showsRetractions() {
    return kinds != null && schema.indexOf(RowKinds.ROW_KIND) < 0;
  }

  /** The same, with a calendar for the buckets of an aggregation. */
  StreamDeclaration in(ZoneId zone) {
    return rollup == null ? this : with(isTable, schema, kinds, window, rollup.in(zone));
  }

  private StreamDeclaration with(
      boolean asTable,
      Schema columns,
      @Nullable RowKinds taking,
      @Nullable WindowSpec holding,
      @Nullable Rollup keeping) {
    return new StreamDeclaration(
        name,
        asTable,
        columns,
        keyColumns,
        time,
        idleMillis,
        sequence,
        marks,
        connector,
        options,
        isDerived,
        taking,
        holding,
        keeping,
        span);
  }

  /** The groups that an aggregation keeps, as a stream of events with their columns. */
  public StreamDeclaration ofKept() {
    return with(false, Objects.requireNonNull(rollup).kept(), null, null, null);
  }

  /**
   * The same columns as a stream of events, none of which takes another back: what a query that a
   * table answers at once reads.
   */
  public StreamDeclaration asStream() {
    return with(false, schema, null, null, rollup);
  }
}
