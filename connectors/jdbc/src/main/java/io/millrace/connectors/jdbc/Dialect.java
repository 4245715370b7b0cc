package io.millrace.connectors.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What databases say differently. The rows of {@link #values} are all that is known of them. */
enum Dialect {
  POSTGRESQL(
      "PostgreSQL", Upsert.ON_CONFLICT, "TEXT", "TEXT", "BYTEA", "TIMESTAMP(3) WITH TIME ZONE"),
  H2("H2", Upsert.MERGE_KEY, "VARCHAR", "VARCHAR", "VARBINARY", "TIMESTAMP(3) WITH TIME ZONE"),
  SQLITE("SQLite", Upsert.ON_CONFLICT, "TEXT", "TEXT", "BLOB", "TEXT"),
  MYSQL("MySQL", Upsert.ON_DUPLICATE_KEY, "LONGTEXT", "VARCHAR(255)", "LONGBLOB", "DATETIME(3)"),
  MARIADB(
      "MariaDB", Upsert.ON_DUPLICATE_KEY, "LONGTEXT", "VARCHAR(255)", "LONGBLOB", "DATETIME(3)"),
  STANDARD(
      "",
      Upsert.UPDATE_OR_INSERT,
      "VARCHAR(4000)",
      "VARCHAR(255)",
      "VARBINARY(4000)",
      "TIMESTAMP(3) WITH TIME ZONE");

  /** How a row replaces that of its key. */
  enum Upsert {
    /** {@code INSERT … ON CONFLICT … DO UPDATE}. */
    ON_CONFLICT(true),
    /** {@code INSERT … ON DUPLICATE KEY UPDATE}. */
    ON_DUPLICATE_KEY(true),
    /** {@code MERGE INTO … KEY …}. */
    MERGE_KEY(false),
    /** An update, and an insert where there was nothing to update. */
    UPDATE_OR_INSERT(false);

    private final boolean needsUniqueKey;

    Upsert(boolean needsUniqueKey) {
      this.needsUniqueKey = needsUniqueKey;
    }
  }

  private final String product;
  private final Upsert upsert;
  private final String text;
  private final String keyText;
  private final String bytes;
  private final String timestamp;

  Dialect(
      String product, Upsert upsert, String text, String keyText, String bytes, String timestamp) {
    this.product = product;
    this.upsert = upsert;
    this.text = text;
    this.keyText = keyText;
    this.bytes = bytes;
    this.timestamp = timestamp;
  }

  static Dialect of(String productName) {
    for (Dialect dialect : values()) {
      if (!dialect.product.isEmpty() && productName.startsWith(dialect.product)) {
        return dialect;
      }
    }
    return STANDARD;
  }

  /** Whether an upsert finds the row by a unique index rather than by its columns. */
  boolean needsUniqueKey() {
    return upsert.needsUniqueKey;
  }

  /** Whether {@link #upsert} is an update, to be followed by an insert where it found no row. */
  boolean updatesFirst() {
    return upsert == Upsert.UPDATE_OR_INSERT;
  }

  /** Whether dates and times are kept as ISO-8601 text, and columns take values of any type. */
  boolean hasLooseTypes() {
    return this == SQLITE;
  }

  /** The type of a column of a new table. */
  String type(SqlType type, boolean isKey) {
    return switch (type.kind()) {
      case TEXT -> isKey ? keyText : text;
      case BYTES -> bytes;
      case TIMESTAMP -> timestamp;
      case DATE, TIME -> hasLooseTypes() ? text : type.standardName();
      case BOOLEAN, INT, LONG, DOUBLE, DECIMAL -> type.standardName();
    };
  }

  /** Whether a column of timestamps holds instants, rather than the wall clock of no zone. */
  boolean holdsInstants(int jdbcType, String typeName) {
    String name = typeName.toUpperCase(Locale.ROOT);
    return jdbcType == java.sql.Types.TIMESTAMP_WITH_TIMEZONE
        || name.contains("WITH TIME ZONE")
        || name.equals("TIMESTAMPTZ")
        || (upsert == Upsert.ON_DUPLICATE_KEY && name.equals("TIMESTAMP"));
  }

  /**
   * The statement that puts a row in the place of that of its key. Its parameters are the columns
   * in order; for an update, those beside the key and then the key.
   *
   * @param table the quoted name
   * @param columns quoted
   * @param keys quoted
   */
  String upsert(String table, List<String> columns, List<String> keys) {
    List<String> others = columns.stream().filter(column -> !keys.contains(column)).toList();
    return switch (upsert) {
      case ON_CONFLICT ->
          insert(table, columns)
              + " ON CONFLICT ("
              + String.join(", ", keys)
              + ") DO "
              + (others.isEmpty()
                  ? "NOTHING"
                  : "UPDATE SET " + list(others, column -> column + " = EXCLUDED." + column));
      case ON_DUPLICATE_KEY ->
          insert(table, columns)
              + " ON DUPLICATE KEY UPDATE "
              + list(
                  others.isEmpty() ? keys : others, column -> column + " = VALUES(" + column + ")");
      case MERGE_KEY ->
          "MERGE INTO "
              + table
              + " ("
              + String.join(", ", columns)
              + ") KEY ("
              + String.join(", ", keys)
              + ") VALUES ("
              + list(columns, column -> "?")
              + ")";
      case UPDATE_OR_INSERT ->
          "UPDATE "
              + table
              + " SET "
              + list(others.isEmpty() ? keys : others, column -> column + " = ?")
              + where(keys);
    };
  }

  static String insert(String table, List<String> columns) {
    return "INSERT INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") VALUES ("
        + list(columns, column -> "?")
        + ")";
  }

  static String delete(String table, List<String> keys) {
    return "DELETE FROM " + table + where(keys);
  }

  static String where(List<String> columns) {
    return columns.stream()
        .map(column -> column + " = ?")
        .collect(Collectors.joining(" AND ", " WHERE ", ""));
  }

  private static String list(List<String> columns, UnaryOperator<String> form) {
    return columns.stream().map(form).collect(Collectors.joining(", "));
  }
}
