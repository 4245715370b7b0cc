package io.millrace.connectors.jdbc;

import io.millrace.spi.error.MillraceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The table that says which snapshot of a job's sink was applied last, so that none is applied
 * twice. It changes in the transaction that writes the rows. Immutable.
 */
final class Commits {
  /** The id before that of the first snapshot. */
  static final long NONE = 0;

  private final String table;
  private final String job;
  private final String sink;

  private Commits(String table, String job, String sink) {
    this.table = table;
    this.job = job;
    this.sink = sink;
  }

  /** Finds the table, or makes it. */
  static Commits open(Connection connection, String name, String job, String sink)
      throws SQLException {
    Tables tables = new Tables(connection);
    if (tables.find(name).isEmpty()) {
      String sql =
          "CREATE TABLE "
              + tables.quoteNew(name)
              + " (job VARCHAR(255) NOT NULL, sink VARCHAR(255) NOT NULL, snapshot_id BIGINT NOT"
              + " NULL, PRIMARY KEY (job, sink))";
      try (PreparedStatement create = connection.prepareStatement(sql)) {
        create.executeUpdate();
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        if (new Tables(connection).find(name).isEmpty()) {
          throw new MillraceException(
              "table '" + name + "' cannot be made: " + e.getMessage() + "; make it: " + sql, e);
        }
      }
    }
    Tables.Table table = tables.find(name).orElseThrow();
    return new Commits(tables.quote(table), job, sink);
  }

  /** The snapshot that was applied last, or {@link #NONE}. */
  long find(Connection connection) throws SQLException {
    String sql = "SELECT snapshot_id FROM " + table + " WHERE job = ? AND sink = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, job);
      select.setString(2, sink);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : NONE;
      }
    }
  }

  /**
   * Says that a snapshot is applied.
   *
   * @param before what {@link #find} gave
   * @throws MillraceException if another process has said something since
   */
  void advance(Connection connection, long before, long snapshotId) throws SQLException {
    String sql =
        before == NONE
            ? "INSERT INTO " + table + " (snapshot_id, job, sink) VALUES (?, ?, ?)"
            : "UPDATE "
                + table
                + " SET snapshot_id = ? WHERE job = ? AND sink = ? AND snapshot_id = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, snapshotId);
      statement.setString(2, job);
      statement.setString(3, sink);
      if (before != NONE) {
        statement.setLong(4, before);
      }
      if (statement.executeUpdate() != 1) {
        throw new MillraceException(
            "another process of job '" + job + "' writes '" + sink + "' as well; stop one of them");
      }
    }
  }

  /** The statement that makes the job begin anew. */
  String deletion() {
    return "DELETE FROM " + table + condition();
  }

  /**
   * The statement that says of another snapshot that it was applied last.
   *
   * @param before what {@link #find} gave
   */
  String setting(long before, long snapshotId) {
    return before == NONE
        ? "INSERT INTO "
            + table
            + " (snapshot_id, job, sink) VALUES ("
            + snapshotId
            + ", '"
            + quoted(job)
            + "', '"
            + quoted(sink)
            + "')"
        : "UPDATE " + table + " SET snapshot_id = " + snapshotId + condition();
  }

  private String condition() {
    return " WHERE job = '" + quoted(job) + "' AND sink = '" + quoted(sink) + "'";
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }
}
