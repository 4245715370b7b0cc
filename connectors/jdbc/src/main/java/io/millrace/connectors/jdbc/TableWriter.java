package io.millrace.connectors.jdbc;

import io.millrace.connectors.jdbc.RowCodec.Row;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes rows into the table of a sink, within a transaction of the caller. Immutable. */
final class TableWriter {
  private static final String ROW_KIND = "ROW_KIND";

  private final String stream;
  private final JdbcOptions.OfSink options;
  private final Dialect dialect;
  private final String table;
  private final List<TableColumn> columns;
  private final List<String> names;
  private final List<Integer> keys;

  /** The stream's own columns. */
  private final List<Integer> all;

  private final boolean showsRowKind;

  private TableWriter(
      StreamDefinition stream,
      JdbcOptions.OfSink options,
      Tables tables,
      Tables.Table table,
      List<TableColumn> columns,
      boolean showsRowKind)
      throws SQLException {
    this.stream = stream.name();
    this.options = options;
    this.dialect = tables.dialect();
    this.table = tables.quote(table);
    this.columns = columns;
    this.names = columns.stream().map(column -> tables.quote(column.name())).toList();
    this.keys = stream.keyColumns();
    this.all = IntStream.range(0, stream.schema().size()).boxed().toList();
    this.showsRowKind = showsRowKind;
  }

  /**
   * Finds the table and its columns, or makes it if the options say so.
   *
   * @param database its name for people
   * @param showsRowKind whether rows have their kind, in a column of that name
   */
  static TableWriter open(
      Connection connection,
      StreamDefinition stream,
      JdbcOptions.OfSink options,
      String database,
      boolean showsRowKind)
      throws SQLException {
    Tables tables = new Tables(connection);
    List<Field> fields = new ArrayList<>(stream.schema().fields());
    boolean hasKind = showsRowKind && !options.upserts();
    if (hasKind) {
      fields.add(new Field(ROW_KIND, DataType.STRING));
    }
    Schema schema = new Schema(fields);
    String hint = "; make it, or let 'create.table' = 'true' do so";
    if (tables.find(options.table()).isEmpty() && options.createsTable()) {
      create(connection, tables, options, schema, stream.keyColumns());
    }
    Tables.Table table = tables.get(options.table(), database, hint);
    String owner = "table '" + table.name() + "'";
    List<TableColumn> columns = tables.match(schema, tables.columns(table), owner);
    if (options.upserts() && tables.dialect().needsUniqueKey()) {
      checkKey(tables, table, columns, stream.keyColumns());
    }
    return new TableWriter(stream, options, tables, table, columns, hasKind);
  }

  private static void create(
      Connection connection,
      Tables tables,
      JdbcOptions.OfSink options,
      Schema schema,
      List<Integer> keys)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder("CREATE TABLE ").append(tables.quoteNew(options.table())).append(" (");
    List<String> keyNames = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      boolean isKey = options.upserts() && keys.contains(i);
      String name = tables.quote(tables.folded(schema.name(i)));
      sql.append(i > 0 ? ", " : "")
          .append(name)
          .append(' ')
          .append(tables.dialect().type(SqlType.of(schema.field(i)), isKey))
          .append(isKey ? " NOT NULL" : "");
      if (isKey) {
        keyNames.add(name);
      }
    }
    if (!keyNames.isEmpty()) {
      sql.append(", PRIMARY KEY (").append(String.join(", ", keyNames)).append(')');
    }
    try (PreparedStatement statement = connection.prepareStatement(sql.append(')').toString())) {
      statement.executeUpdate();
    }
    connection.commit();
  }

  private static void checkKey(
      Tables tables, Tables.Table table, List<TableColumn> columns, List<Integer> keys)
      throws SQLException {
    List<String> names = keys.stream().map(key -> columns.get(key).name()).toList();
    if (!tables.isUnique(table, new HashSet<>(names))) {
      throw new MillraceException(
          "'mode' = 'upsert' finds rows by the key ("
              + String.join(", ", names)
              + "), but these columns of table '"
              + table.name()
              + "' are no primary key and have no unique index");
    }
  }

  /** Writes rows in order; of several rows of a key, those before the last do not show. */
  void write(Connection connection, List<Row> rows) throws SQLException {
    if (!options.upserts()) {
      append(connection, rows);
      return;
    }
    Map<List<@Nullable Object>, Row> last = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.kind() != RowKind.UPDATE_BEFORE) {
        List<@Nullable Object> key = values(row, keys);
        last.remove(key);
        last.put(key, row);
      }
    }
    delete(connection, last.values());
    upsert(connection, last.values());
  }

  private void append(Connection connection, List<Row> rows) throws SQLException {
    try (Batched insert = new Batched(connection, Dialect.insert(table, names))) {
      for (Row row : rows) {
        if (!showsRowKind && row.kind().isRetraction()) {
          throw new MillraceException(
              "'"
                  + stream
                  + "' takes rows back, which 'mode' = 'append' cannot write; use 'upsert', or"
                  + " WITH RETRACTIONS and a column ROW_KIND");
        }
        bind(insert.statement, row, all, 1);
        if (showsRowKind) {
          insert.statement.setString(columns.size(), row.kind().symbol());
        }
        insert.add();
      }
      insert.execute();
    }
  }

  private void delete(Connection connection, Collection<Row> rows) throws SQLException {
    try (Batched delete = new Batched(connection, Dialect.delete(table, names(keys)))) {
      for (Row row : rows) {
        if (row.kind() == RowKind.DELETE) {
          bind(delete.statement, row, keys, 1);
          delete.add();
        }
      }
      delete.execute();
    }
  }

  private void upsert(Connection connection, Collection<Row> rows) throws SQLException {
    List<Row> upserts = rows.stream().filter(row -> row.kind() != RowKind.DELETE).toList();
    if (dialect.updatesFirst()) {
      updateOrInsert(connection, upserts);
      return;
    }
    try (Batched upsert = new Batched(connection, dialect.upsert(table, names, names(keys)))) {
      for (Row row : upserts) {
        bind(upsert.statement, row, all, 1);
        upsert.add();
      }
      upsert.execute();
    }
  }

  private void updateOrInsert(Connection connection, List<Row> rows) throws SQLException {
    List<Integer> others = new ArrayList<>(all);
    others.removeAll(keys);
    List<Integer> set = others.isEmpty() ? keys : others;
    try (PreparedStatement update =
            connection.prepareStatement(dialect.upsert(table, names, names(keys)));
        Batched insert = new Batched(connection, Dialect.insert(table, names))) {
      for (Row row : rows) {
        bind(update, row, set, 1);
        bind(update, row, keys, set.size() + 1);
        if (update.executeUpdate() == 0) {
          bind(insert.statement, row, all, 1);
          insert.add();
        }
      }
      insert.execute();
    }
  }

  /** A statement that is executed for many rows at a time. */
  private final class Batched implements AutoCloseable {
    private final PreparedStatement statement;
    private int size;

    Batched(Connection connection, String sql) throws SQLException {
      statement = connection.prepareStatement(sql);
    }

    void add() throws SQLException {
      statement.addBatch();
      if (++size == options.batchSize()) {
        execute();
      }
    }

    /** Executes it for the rows that are left. */
    void execute() throws SQLException {
      if (size > 0) {
        size = 0;
        statement.executeBatch();
      }
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  private List<String> names(List<Integer> indexes) {
    return indexes.stream().map(names::get).toList();
  }

  private void bind(PreparedStatement statement, Row row, List<Integer> indexes, int first)
      throws SQLException {
    int parameter = first;
    for (int index : indexes) {
      columns.get(index).bind(statement, parameter++, row.values()[index]);
    }
  }

  private static List<@Nullable Object> values(Row row, List<Integer> indexes) {
    @Nullable Object[] values = new @Nullable Object[indexes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.values()[indexes.get(i)];
    }
    return Arrays.asList(values);
  }
}
