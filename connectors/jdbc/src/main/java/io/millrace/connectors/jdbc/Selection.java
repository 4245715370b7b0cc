package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a source reads.
 *
 * @param from a quoted table, or a query in parentheses
 * @param columns the stream's, in order
 * @param names quoted, in the same order
 * @param orderBy the index of the column by whose values reading goes on; -1 for none
 * @param order quoted columns by which rows are ordered without such a column; may be empty
 * @param fetchSize as {@link java.sql.Statement#setFetchSize} takes it
 */
record Selection(
    String from,
    List<TableColumn> columns,
    List<String> names,
    int orderBy,
    List<String> order,
    int fetchSize) {

  Selection {
    columns = List.copyOf(columns);
    names = List.copyOf(names);
    order = List.copyOf(order);
  }

  /** Finds the table or describes the query, and its columns. */
  static Selection open(
      Connection connection, StreamDefinition stream, JdbcOptions.OfSource options, String database)
      throws SQLException {
    Tables tables = new Tables(connection);
    String from;
    String owner;
    List<Tables.Described> described;
    List<String> order = new ArrayList<>();
    if (options.query().isPresent()) {
      from = "(" + options.query().get() + ") millrace_query";
      owner = "the query";
      described = describe(connection, from);
    } else {
      String name = options.table().orElseThrow();
      Tables.Table table = tables.get(name, database, "");
      from = tables.quote(table);
      owner = "table '" + table.name() + "'";
      described = tables.columns(table);
      tables.primaryKey(table).forEach(column -> order.add(tables.quote(column)));
    }
    List<TableColumn> columns = tables.match(stream.schema(), described, owner);
    return new Selection(
        from,
        columns,
        columns.stream().map(column -> tables.quote(column.name())).toList(),
        orderBy(stream, options.orderBy()),
        order,
        tables.dialect() == Dialect.MYSQL ? Integer.MIN_VALUE : options.fetchSize());
  }

  private static int orderBy(StreamDefinition stream, Optional<String> column) {
    if (column.isEmpty()) {
      return -1;
    }
    int index = stream.schema().indexOf(column.get());
    if (index < 0) {
      throw new MillraceException(
          "option 'order.by' names the unknown column '"
              + column.get()
              + "'; "
              + NearestName.hint(column.get(), stream.schema().names())
                  .orElse("the columns are " + String.join(", ", stream.schema().names())));
    }
    OrderValue.check(stream.schema().field(index));
    return index;
  }

  private static List<Tables.Described> describe(Connection connection, String from)
      throws SQLException {
    List<Tables.Described> columns = new ArrayList<>();
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM " + from + " WHERE 1 = 0");
        ResultSet none = statement.executeQuery()) {
      ResultSetMetaData metadata = none.getMetaData();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        columns.add(
            new Tables.Described(
                metadata.getColumnLabel(i),
                metadata.getColumnType(i),
                metadata.getColumnTypeName(i)));
      }
    }
    return columns;
  }

  /**
   * The statement that reads.
   *
   * @param isBehind whether its parameter is the value of {@link #orderBy} behind which it begins
   */
  String sql(boolean isBehind) {
    String sql = "SELECT " + String.join(", ", names) + " FROM " + from;
    if (orderBy >= 0) {
      String column = names.get(orderBy);
      return sql + (isBehind ? " WHERE " + column + " > ?" : "") + " ORDER BY " + column;
    }
    return order.isEmpty() ? sql : sql + " ORDER BY " + String.join(", ", order);
  }
}
