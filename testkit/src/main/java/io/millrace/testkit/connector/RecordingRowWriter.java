package io.millrace.testkit.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Layout;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row writer that keeps what is written, and holds its callers to the protocol: a setter of the
 * column's layout, inside a row, inside a record.
 */
public final class RecordingRowWriter implements RowWriter {
  private final Schema schema;
  private final @Nullable Object[] metadata;
  private final boolean stopsAtRejects;
  private final List<RecordedRow> rows = new ArrayList<>();
  private final List<RejectedRecord> rejected = new ArrayList<>();
  private @Nullable RecordOrigin origin;
  private long recordTime = NO_TIME;
  private @Nullable Object @Nullable [] row;
  private int emptyRecords;

  private RecordingRowWriter(Schema schema, List<Field> metadata, boolean stopsAtRejects) {
    this.schema = schema;
    this.metadata = new @Nullable Object[metadata.size()];
    this.stopsAtRejects = stopsAtRejects;
  }

  /** A writer whose error policy is to skip. */
  public static RecordingRowWriter of(Schema schema) {
    return new RecordingRowWriter(schema, List.of(), false);
  }

  /** A writer whose error policy is to skip, and that wants all pseudo-columns. */
  public static RecordingRowWriter withMetadata(Schema schema, List<Field> metadata) {
    return new RecordingRowWriter(schema, metadata, false);
  }

  /** A writer whose error policy is to stop at the first record that cannot be decoded. */
  public static RecordingRowWriter thatStopsAtRejects(Schema schema) {
    return new RecordingRowWriter(schema, List.of(), true);
  }

  /** All rows that were ended, in order. */
  public List<RecordedRow> rows() {
    return List.copyOf(rows);
  }

  /** The values of all rows that were ended. */
  public List<List<@Nullable Object>> values() {
    List<List<@Nullable Object>> values = new ArrayList<>();
    rows.forEach(recorded -> values.add(recorded.values()));
    return values;
  }

  public List<RejectedRecord> rejected() {
    return List.copyOf(rejected);
  }

  /** The number of records without a value. */
  public int emptyRecords() {
    return emptyRecords;
  }

  /** Forgets everything. */
  public void clear() {
    rows.clear();
    rejected.clear();
    emptyRecords = 0;
  }

  @Override
  public void record(RecordOrigin newOrigin, long time) {
    origin = newOrigin;
    recordTime = time;
    Arrays.fill(metadata, null);
    row = null;
  }

  @Override
  public void setMetadata(int index, @Nullable Object value) {
    metadata[index] = value;
  }

  @Override
  public boolean wantsMetadata(int index) {
    return index < metadata.length;
  }

  @Override
  public void beginRow() {
    if (origin == null) {
      throw new AssertionError("beginRow without record");
    }
    row = new @Nullable Object[schema.size()];
  }

  @Override
  public void endRow() {
    end(false);
  }

  @Override
  public void endDeletion() {
    end(true);
  }

  private void end(boolean deletion) {
    List<@Nullable Object> values =
        Collections.unmodifiableList(new ArrayList<>(Arrays.asList(current())));
    List<@Nullable Object> pseudo =
        Collections.unmodifiableList(new ArrayList<>(Arrays.asList(metadata)));
    rows.add(new RecordedRow(values, deletion, describeOrigin(), recordTime, pseudo));
    row = null;
  }

  @Override
  public void setNull(int column) {
    current()[column] = null;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    set(column, Layout.BOOLEAN, value);
  }

  @Override
  public void setLong(int column, long value) {
    set(column, Layout.LONG, value);
  }

  @Override
  public void setDouble(int column, double value) {
    set(column, Layout.DOUBLE, value);
  }

  @Override
  public void setObject(int column, @Nullable Object value) {
    set(column, Layout.OBJECT, value);
  }

  @Override
  public void reject(byte[] bytes, int offset, int length, String error) {
    row = null;
    rejected.add(
        new RejectedRecord(describeOrigin(), new String(bytes, offset, length, UTF_8), error));
    if (stopsAtRejects) {
      throw new MillraceException(describeOrigin() + ": " + error);
    }
  }

  @Override
  public void skipEmpty() {
    emptyRecords++;
  }

  private void set(int column, Layout layout, @Nullable Object value) {
    if (schema.type(column).layout() != layout) {
      throw new AssertionError(
          "column '" + schema.name(column) + "' is " + schema.type(column) + ", not " + layout);
    }
    current()[column] = value;
  }

  private @Nullable Object[] current() {
    @Nullable Object[] begun = row;
    if (begun == null) {
      throw new AssertionError("a setter or endRow outside a row");
    }
    return begun;
  }

  private String describeOrigin() {
    RecordOrigin named = origin;
    if (named == null) {
      throw new AssertionError("no record was begun");
    }
    return named.describe();
  }
}
