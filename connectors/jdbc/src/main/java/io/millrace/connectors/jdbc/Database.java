package io.millrace.connectors.jdbc;

import io.millrace.spi.error.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened when it is needed, and opened again when it has broken. Used by one
 * thread at a time.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int VALIDATION_SECONDS = 5;
  private static final long FIRST_WAIT_NANOS = 50_000_000;
  private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;
  private static final Pattern PARAMETERS = Pattern.compile("[?;].*", Pattern.DOTALL);
  private static final Pattern CREDENTIALS = Pattern.compile("//[^/@]*@");

  private final JdbcOptions.Access access;
  private @Nullable Connection connection;

  Database(JdbcOptions.Access access) {
    this.access = access;
  }

  /** What is done in a transaction. */
  @FunctionalInterface
  interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Its address, without credentials and parameters. */
  String name() {
    String bare = PARAMETERS.matcher(access.url()).replaceFirst("");
    return CREDENTIALS.matcher(bare).replaceFirst("//");
  }

  /**
   * Does something in a transaction. If the connection breaks or the database aborts it, it is done
   * again in a new one, for as long as the user allows: what is done may have been committed
   * before.
   *
   * @param what is done, for people, such as {@code write 'Alerts'}
   */
  synchronized <T> T transact(String what, Work<T> work) {
    long wait = FIRST_WAIT_NANOS;
    long waited = 0;
    while (true) {
      try {
        Connection open = open();
        T result = work.run(open);
        open.commit();
        return result;
      } catch (SQLException e) {
        boolean isOver = waited >= access.connectTimeout().toNanos();
        boolean isPassing = hasBroken() || mayPass(e);
        rollBack(e);
        if (isOver || !isPassing) {
          throw failure(what, e);
        }
        LOG.warn("cannot {} in {}: {}; it is tried again", what, name(), e.getMessage());
        LockSupport.parkNanos(wait);
        waited += wait;
        wait = Math.min(2 * wait, LONGEST_WAIT_NANOS);
      } catch (RuntimeException e) {
        rollBack(e);
        throw e;
      }
    }
  }

  /** The connection, outside of any transaction of {@link #transact}. */
  synchronized Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      Properties properties = new Properties();
      access.user().ifPresent(user -> properties.setProperty("user", user));
      access.password().ifPresent(password -> properties.setProperty("password", password));
      open = DriverManager.getConnection(access.url(), properties);
      open.setAutoCommit(false);
      connection = open;
    }
    return open;
  }

  /** An error for people. */
  MillraceException failure(String what, SQLException error) {
    String begin = "cannot " + what + " in " + name() + ": ";
    if ("08001".equals(error.getSQLState())
        && String.valueOf(error.getMessage()).startsWith("No suitable driver")) {
      return new MillraceException(
          begin
              + "no driver for it is on the class path; put the driver's jar there"
              + " (MILLRACE_CLASSPATH=driver.jar with the millrace command)",
          error);
    }
    SQLException cause = error.getNextException() != null ? error.getNextException() : error;
    String hint =
        "23505".equals(cause.getSQLState())
            ? "; 'mode' = 'upsert' replaces the row of a key that is there"
            : "";
    return new MillraceException(begin + cause.getMessage() + hint, error);
  }

  @Override
  public synchronized void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.rollback();
        open.close();
      } catch (SQLException ignored) { // what counts was committed
        LOG.debug("closing the connection to {} failed", name(), ignored);
      }
    }
  }

  private boolean hasBroken() {
    Connection open = connection;
    try {
      return open != null && !open.isValid(VALIDATION_SECONDS);
    } catch (SQLException ignored) { // that is the answer
      return true;
    }
  }

  /** After an error nobody knows what the connection is worth: the next one is a new one. */
  private void rollBack(Exception error) {
    LOG.debug("rolling back in {}", name(), error);
    close();
  }

  /** Connections that break or cannot be made, deadlocks, and what drivers say may pass. */
  private static boolean mayPass(SQLException error) {
    String state = error.getSQLState();
    boolean isNoDriver = String.valueOf(error.getMessage()).startsWith("No suitable driver");
    return !isNoDriver
        && (error instanceof SQLTransientException
            || error instanceof SQLRecoverableException
            || (state != null
                && (state.startsWith("08") || state.startsWith("40") || state.startsWith("57P"))));
  }
}
