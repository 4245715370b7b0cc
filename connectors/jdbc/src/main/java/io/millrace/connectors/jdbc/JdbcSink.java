package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import java.util.List;

/** Writes rows in transactions of some size: when it has so many, and when it is flushed. */
final class JdbcSink implements Sink {
  private final Database database;
  private final TableWriter writer;
  private final PendingRows rows;
  private final int batchSize;
  private final String what;
  private boolean isClosed;

  JdbcSink(
      StreamDefinition stream, JdbcOptions.OfSink options, Database database, TableWriter writer) {
    this.database = database;
    this.writer = writer;
    this.rows = new PendingRows(stream, options);
    this.batchSize = options.batchSize();
    this.what = "write '" + stream.name() + "'";
  }

  @Override
  public void write(Batch batch) {
    rows.add(batch);
    if (rows.count() >= batchSize) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (rows.count() == 0) {
      return;
    }
    List<RowCodec.Row> taken = rows.rows(rows.take(0));
    database.transact(
        what,
        connection -> {
          writer.write(connection, taken);
          return taken.size();
        });
  }

  @Override
  public void close() {
    try {
      if (!isClosed) {
        isClosed = true;
        flush();
      }
    } finally {
      database.close();
    }
  }
}
