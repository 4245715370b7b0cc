package io.millrace.connectors.jdbc;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a database, by the names that users write: an exact match goes first, then one
 * without regard to case. Used within one transaction.
 */
final class Tables {
  private final Connection connection;
  private final DatabaseMetaData metadata;
  private final String quote;

  Tables(Connection connection) throws SQLException {
    this.connection = connection;
    this.metadata = connection.getMetaData();
    this.quote = metadata.getIdentifierQuoteString().trim();
  }

  /**
   * A table that is there.
   *
   * @param schema the schema as the database spells it, or null where names have none
   */
  record Table(@Nullable String catalog, @Nullable String schema, String name) {}

  /** A column as the database describes it. */
  record Described(String name, int jdbcType, String typeName) {}

  Dialect dialect() throws SQLException {
    return Dialect.of(metadata.getDatabaseProductName());
  }

  String quote(String name) {
    return quote.isEmpty() ? name : quote + name.replace(quote, quote + quote) + quote;
  }

  /** The quoted name of a table. */
  String quote(Table table) {
    String schema = table.schema();
    return schema == null ? quote(table.name()) : quote(schema) + "." + quote(table.name());
  }

  /** The quoted form of a name as it was written, for a table that is to be made. */
  String quoteNew(String written) throws SQLException {
    int dot = written.indexOf('.');
    String name = quote(folded(written.substring(dot + 1)));
    return dot < 0 ? name : quote(folded(written.substring(0, dot))) + "." + name;
  }

  /** A name in the case that the database gives to names without quotes. */
  String folded(String name) throws SQLException {
    if (metadata.storesUpperCaseIdentifiers()) {
      return name.toUpperCase(Locale.ROOT);
    }
    return metadata.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** The table of a name, which may have a schema in front. */
  Optional<Table> find(String written) throws SQLException {
    int dot = written.indexOf('.');
    String schema = dot < 0 ? null : written.substring(0, dot);
    String name = written.substring(dot + 1);
    Optional<Table> alike = Optional.empty();
    for (Table table : list(schema)) {
      if (table.name().equals(name)) {
        return Optional.of(table);
      }
      if (table.name().equalsIgnoreCase(name)) {
        alike = Optional.of(table);
      }
    }
    return alike;
  }

  /**
   * As {@link #find}, but a table that is missing is an error.
   *
   * @param hint what to do about it, where no name is near
   */
  Table get(String written, String database, String hint) throws SQLException {
    Optional<Table> found = find(written);
    if (found.isPresent()) {
      return found.get();
    }
    int dot = written.indexOf('.');
    List<String> names = new ArrayList<>();
    list(dot < 0 ? null : written.substring(0, dot)).forEach(table -> names.add(table.name()));
    throw new MillraceException(
        "there is no table '"
            + written
            + "' in "
            + database
            + NearestName.hint(written.substring(dot + 1), names)
                .map(near -> "; " + near)
                .orElse(hint));
  }

  /** The tables of a schema, or of that in which names without one are found. */
  private List<Table> list(@Nullable String schema) throws SQLException {
    String current = schema == null ? connection.getSchema() : null;
    List<Table> found = new ArrayList<>();
    try (ResultSet rows =
        metadata.getTables(connection.getCatalog(), escaped(current), "%", null)) {
      while (rows.next()) {
        String ofTable = rows.getString("TABLE_SCHEM");
        if (schema == null || schema.equalsIgnoreCase(ofTable)) {
          found.add(new Table(rows.getString("TABLE_CAT"), ofTable, rows.getString("TABLE_NAME")));
        }
      }
    }
    return found;
  }

  /** The columns of a table, in order. */
  List<Described> columns(Table table) throws SQLException {
    List<Described> columns = new ArrayList<>();
    try (ResultSet rows =
        metadata.getColumns(table.catalog(), escaped(table.schema()), escaped(table.name()), "%")) {
      while (rows.next()) {
        columns.add(
            new Described(
                rows.getString("COLUMN_NAME"),
                rows.getInt("DATA_TYPE"),
                rows.getString("TYPE_NAME")));
      }
    }
    return columns;
  }

  /** Names are patterns to the metadata. */
  private @Nullable String escaped(@Nullable String name) throws SQLException {
    String escape = metadata.getSearchStringEscape();
    return name == null || escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }

  /** The columns of the primary key, in order; empty if there is none. */
  List<String> primaryKey(Table table) throws SQLException {
    Map<Integer, String> columns = new TreeMap<>();
    try (ResultSet rows = metadata.getPrimaryKeys(table.catalog(), table.schema(), table.name())) {
      while (rows.next()) {
        columns.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(columns.values());
  }

  /** Whether exactly these columns are a primary key or have a unique index. */
  boolean isUnique(Table table, Set<String> columns) throws SQLException {
    if (columns.equals(new HashSet<>(primaryKey(table)))) {
      return true;
    }
    Map<String, Set<String>> indexes = new HashMap<>();
    try (ResultSet rows =
        metadata.getIndexInfo(table.catalog(), table.schema(), table.name(), true, false)) {
      while (rows.next()) {
        String index = rows.getString("INDEX_NAME");
        String column = rows.getString("COLUMN_NAME");
        if (index != null && column != null) {
          indexes.computeIfAbsent(index, name -> new HashSet<>()).add(column);
        }
      }
    }
    return indexes.containsValue(columns);
  }

  /**
   * The columns that go with those of a stream, in its order.
   *
   * @param owner what has the columns, for people, such as {@code table 'ALERTS'}
   */
  List<TableColumn> match(Schema schema, List<Described> described, String owner)
      throws SQLException {
    Dialect dialect = dialect();
    Map<String, Described> byName = new LinkedHashMap<>();
    described.forEach(column -> byName.put(column.name(), column));
    List<TableColumn> matched = new ArrayList<>();
    for (Field field : schema.fields()) {
      matched.add(match(field, byName, owner, dialect));
    }
    return matched;
  }

  private static TableColumn match(
      Field field, Map<String, Described> byName, String owner, Dialect dialect) {
    Described found =
        Optional.ofNullable(byName.get(field.name()))
            .or(
                () ->
                    byName.values().stream()
                        .filter(column -> column.name().equalsIgnoreCase(field.name()))
                        .findFirst())
            .orElseThrow(
                () ->
                    new MillraceException(
                        owner
                            + " has no column '"
                            + field.name()
                            + "'; "
                            + NearestName.hint(field.name(), byName.keySet())
                                .orElse("its columns are " + String.join(", ", byName.keySet()))));
    SqlType type = SqlType.of(field);
    if (!dialect.hasLooseTypes() && !type.fits(found.jdbcType())) {
      throw new MillraceException(
          "column '"
              + found.name()
              + "' of "
              + owner
              + " is "
              + found.typeName()
              + ", which does not go with "
              + field.type().sql()
              + "; expected "
              + dialect.type(type, false)
              + " or the like");
    }
    return new TableColumn(
        field,
        found.name(),
        type,
        found.jdbcType(),
        dialect.holdsInstants(found.jdbcType(), found.typeName()),
        dialect.hasLooseTypes());
  }
}
