package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options of the connector, declared and read, with what contradicts refused. */
final class JdbcOptions {
  private static final String URL = "url";
  private static final String USER = "user";
  private static final String PASSWORD = "password";
  private static final String CONNECT_TIMEOUT = "connect.timeout";
  private static final String TABLE = "table";
  private static final String MODE = "mode";
  private static final String BATCH_SIZE = "batch.size";
  private static final String CREATE_TABLE = "create.table";
  private static final String COMMITS_TABLE = "commits.table";
  private static final String STAGING_BYTES = "staging.bytes";
  private static final String QUERY = "query";
  private static final String ORDER_BY = "order.by";
  private static final List<String> OF_SOURCES = List.of(QUERY, ORDER_BY);
  private static final List<String> OF_SINKS =
      List.of(MODE, CREATE_TABLE, COMMITS_TABLE, STAGING_BYTES);
  private static final String UPSERT = "upsert";
  private static final int MOST_ROWS = 100_000;

  private JdbcOptions() {}

  /**
   * How a database is reached.
   *
   * @param url of JDBC
   * @param connectTimeout how long a database that cannot be reached is tried again
   */
  record Access(
      String url, Optional<String> user, Optional<String> password, Duration connectTimeout) {}

  /**
   * What a sink needs.
   *
   * @param table as it was written
   * @param upserts whether rows replace those of their keys
   * @param batchSize the rows that go to the database at a time
   * @param createsTable whether a table that is missing is made
   * @param commitsTable the table that says which snapshots were applied
   * @param stagingBytes the most bytes of rows that wait for a snapshot
   */
  record OfSink(
      String table,
      boolean upserts,
      int batchSize,
      boolean createsTable,
      String commitsTable,
      long stagingBytes) {}

  /**
   * What a source needs: a table or a query.
   *
   * @param orderBy the column by whose values reading goes on
   * @param fetchSize the rows that come from the database at a time
   */
  record OfSource(
      Optional<String> table, Optional<String> query, Optional<String> orderBy, int fetchSize) {}

  static List<OptionSpec> specs() {
    List<OptionSpec> all = new ArrayList<>(ofAll());
    all.addAll(ofSinks());
    all.addAll(ofSources());
    return all;
  }

  private static List<OptionSpec> ofAll() {
    return List.of(
        OptionSpec.required(
            URL,
            OptionType.STRING,
            "The JDBC URL, such as jdbc:postgresql://host/database; the driver's jar goes on the"
                + " class path (MILLRACE_CLASSPATH)."),
        OptionSpec.optional(USER, OptionType.STRING, null, "The user, if the URL names none."),
        OptionSpec.optional(PASSWORD, OptionType.STRING, null, "The user's password."),
        OptionSpec.optional(
            CONNECT_TIMEOUT,
            OptionType.DURATION,
            "30 s",
            "How long a database that cannot be reached, or has aborted a transaction, is tried"
                + " again."),
        OptionSpec.optional(
            TABLE,
            OptionType.STRING,
            null,
            "The table, or schema.table; columns are found by their names. Required, but for"
                + " sources with a query."),
        OptionSpec.optional(
            BATCH_SIZE,
            OptionType.INTEGER,
            "1000",
            "How many rows go to the database, or come from it, at a time."));
  }

  private static List<OptionSpec> ofSinks() {
    return List.of(
        OptionSpec.choice(
            MODE,
            null,
            List.of("append", UPSERT),
            "Sinks: 'append' inserts every row (default of streams); 'upsert' replaces the row of"
                + " the same key and deletes (default of tables)."),
        OptionSpec.optional(
            CREATE_TABLE,
            OptionType.BOOLEAN,
            "false",
            "Sinks: whether a table that is missing is made, with the stream's columns and key."),
        OptionSpec.optional(
            COMMITS_TABLE,
            OptionType.STRING,
            "millrace_commits",
            "Sinks of jobs with snapshots: the table that says which snapshots were applied, by"
                + " job and stream; made if it is missing."),
        OptionSpec.optional(
            STAGING_BYTES,
            OptionType.BYTES,
            "64 MB",
            "Sinks of jobs with snapshots: the rows between two snapshots are kept in memory up to"
                + " this size; beyond it the job stops."));
  }

  private static List<OptionSpec> ofSources() {
    return List.of(
        OptionSpec.optional(
            QUERY, OptionType.STRING, null, "Sources: a query of the database instead of a table."),
        OptionSpec.optional(
            ORDER_BY,
            OptionType.STRING,
            null,
            "Sources: a column of unique values in whose order rows are read, so that a job that"
                + " goes on reads only what is behind; without it, rows are counted and passed"
                + " over."));
  }

  static Access access(Options options) {
    return new Access(
        options.getString(URL),
        options.findString(USER),
        options.findString(PASSWORD),
        options.getDuration(CONNECT_TIMEOUT));
  }

  /**
   * Checks what the options alone tell.
   *
   * @throws OptionException if they contradict each other
   */
  static void check(Options options, boolean isSink) {
    refuse(options, isSink ? OF_SOURCES : OF_SINKS, isSink ? "sources" : "sinks");
    if (isSink && !options.isGiven(TABLE)) {
      throw new OptionException(URL, "option 'table' is missing: the table to be written");
    }
    if (!isSink && options.isGiven(TABLE) == options.isGiven(QUERY)) {
      throw new OptionException(
          options.isGiven(QUERY) ? QUERY : URL,
          "a source needs one of the options 'table' and 'query'");
    }
    long size = options.getLong(BATCH_SIZE);
    if (size < 1 || size > MOST_ROWS) {
      throw new OptionException(BATCH_SIZE, "option 'batch.size' must be from 1 to " + MOST_ROWS);
    }
  }

  /**
   * What a sink needs.
   *
   * @throws OptionException if the options do not fit the stream
   */
  static OfSink ofSink(StreamDefinition stream) {
    Options options = stream.options();
    check(options, true);
    String mode =
        options.isGiven(MODE) ? options.getChoice(MODE) : stream.isTable() ? UPSERT : "append";
    boolean upserts = mode.equals(UPSERT);
    if (upserts && stream.keyColumns().isEmpty()) {
      throw new OptionException(
          MODE, "'mode' = 'upsert' needs a key, and '" + stream.name() + "' has none");
    }
    if (!upserts && stream.isTable()) {
      throw new OptionException(
          MODE,
          "'"
              + stream.name()
              + "' is a table, whose rows change: it is written with 'mode' = 'upsert'");
    }
    return new OfSink(
        options.getString(TABLE),
        upserts,
        (int) options.getLong(BATCH_SIZE),
        options.getBoolean(CREATE_TABLE),
        options.getString(COMMITS_TABLE),
        options.getSize(STAGING_BYTES));
  }

  /**
   * What a source needs.
   *
   * @throws OptionException if the options contradict each other
   */
  static OfSource ofSource(Options options) {
    check(options, false);
    return new OfSource(
        options.findString(TABLE),
        options.findString(QUERY),
        options.findString(ORDER_BY),
        (int) options.getLong(BATCH_SIZE));
  }

  private static void refuse(Options options, List<String> names, String owners) {
    for (String name : names) {
      if (options.isGiven(name)) {
        throw new OptionException(name, "option '" + name + "' is for " + owners + " only");
      }
    }
  }
}
