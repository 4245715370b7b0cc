package io.millrace.connectors.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one statement, once, as one partition. */
final class JdbcSource implements Source {
  private static final String PARTITION = "rows";
  private static final Pattern POSITION = Pattern.compile("rows=(\\d{1,18})(?:&behind=(.*))?");

  private final StreamDefinition stream;
  private final Database database;
  private final Selection selection;
  private final RecordOrigin origin = this::describe;
  private @Nullable ResultSet result;
  private boolean hasEnded;

  /** The rows that were read, and of the last one the value by which reading goes on. */
  private long rows;

  private @Nullable Object behind;

  JdbcSource(StreamDefinition stream, Database database, Selection selection) {
    this.stream = stream;
    this.database = database;
    this.selection = selection;
  }

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public PollStatus poll(int partition, RowWriter writer, int maxRows) {
    try {
      for (int i = 0; i < maxRows; i++) {
        ResultSet row = hasEnded ? null : result();
        if (row == null || !row.next()) {
          hasEnded = true;
          close();
          return PollStatus.ENDED;
        }
        rows++;
        read(row, writer);
      }
      return PollStatus.MORE;
    } catch (SQLException e) {
      throw database.failure("read '" + stream.name() + "'", e);
    }
  }

  private ResultSet result() throws SQLException {
    ResultSet opened = result;
    if (opened != null) {
      return opened;
    }
    Connection connection = database.open();
    Object value = behind;
    PreparedStatement select = connection.prepareStatement(selection.sql(value != null));
    select.setFetchSize(selection.fetchSize());
    if (value != null) {
      selection.columns().get(selection.orderBy()).bind(select, 1, value);
    }
    opened = select.executeQuery();
    result = opened;
    if (selection.orderBy() < 0) {
      pass(opened);
    }
    return opened;
  }

  /** Passes over what was read before. */
  private void pass(ResultSet opened) throws SQLException {
    for (long i = 0; i < rows; i++) {
      if (!opened.next()) {
        throw new MillraceException(
            "'"
                + stream.name()
                + "' has "
                + i
                + " rows in "
                + database.name()
                + ", but "
                + rows
                + " were read before; rows must stay, or 'order.by' name a column by which"
                + " reading goes on");
      }
    }
  }

  private void read(ResultSet row, RowWriter writer) throws SQLException {
    writer.record(origin, RowWriter.NO_TIME);
    int next = selection.orderBy();
    try {
      if (next >= 0) {
        advance(selection.columns().get(next), selection.columns().get(next).read(row, next + 1));
      }
      writer.beginRow();
      for (next = 0; next < selection.columns().size(); next++) {
        set(next, selection.columns().get(next).read(row, next + 1), writer);
      }
      writer.endRow();
    } catch (ArithmeticException e) {
      reject(selection.columns().get(next), String.valueOf(row.getString(next + 1)), writer);
    }
  }

  private static void reject(TableColumn column, String text, RowWriter writer) {
    byte[] bytes = text.getBytes(UTF_8);
    writer.reject(
        bytes,
        0,
        bytes.length,
        "column '"
            + column.name()
            + "' has "
            + text
            + ", which is no "
            + column.field().type().sql());
  }

  private void advance(TableColumn column, @Nullable Object value) {
    if (value == null || value.equals(behind)) {
      throw new MillraceException(
          "option 'order.by' needs a column of unique values, but '"
              + column.name()
              + "' has "
              + (value == null ? "NULL" : "'" + OrderValue.format(value) + "' twice"));
    }
    behind = value;
  }

  private void set(int index, @Nullable Object value, RowWriter writer) {
    if (value == null) {
      writer.setNull(index);
      return;
    }
    switch (stream.schema().type(index).layout()) {
      case BOOLEAN -> writer.setBoolean(index, (Boolean) value);
      case LONG -> writer.setLong(index, (Long) value);
      case DOUBLE -> writer.setDouble(index, (Double) value);
      case OBJECT -> writer.setObject(index, value);
    }
  }

  /** Nothing ever comes later. */
  @Override
  public void await(Duration timeout) {}

  @Override
  public String position(int partition) {
    Object value = behind;
    return "rows="
        + rows
        + (value == null ? "" : "&behind=" + URLEncoder.encode(OrderValue.format(value), UTF_8));
  }

  @Override
  public void seek(int partition, String position) {
    close();
    Matcher matcher = POSITION.matcher(position);
    if (!matcher.matches()) {
      throw new MillraceException("'" + position + "' is no position of a jdbc source");
    }
    boolean isOrdered = selection.orderBy() >= 0;
    rows = Long.parseLong(matcher.group(1));
    String text = matcher.group(2);
    if (isOrdered ? text == null && rows > 0 : text != null) {
      throw new MillraceException(
          "option 'order.by' of '"
              + stream.name()
              + "' has changed, so reading cannot go on where it was; put it back, or start the"
              + " job without its snapshots");
    }
    behind =
        text == null
            ? null
            : OrderValue.parse(
                URLDecoder.decode(text, UTF_8), stream.schema().type(selection.orderBy()));
    hasEnded = false;
  }

  /** A table keeps its rows. */
  @Override
  public void acknowledge(List<String> positions) {}

  /** The statement ends with its connection. */
  @Override
  public void close() {
    result = null;
    database.close();
  }

  private String describe() {
    return stream.name() + ":" + rows;
  }
}
