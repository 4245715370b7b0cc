package io.millrace.connectors.jdbc;

import io.millrace.connectors.jdbc.PendingRows.Segment;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of an interval in memory and gives them to its snapshot; when that is committed,
 * one transaction writes them and says so in the table of {@link Commits}. Intervals that are not
 * known to be applied stay apart, so that whatever snapshot is applied takes each of them once.
 */
final class StagedJdbcSink implements StagedSink {
  private static final int VERSION = 1;

  private final Database database;
  private final String job;
  private final String name;
  private final TableWriter writer;
  private final Commits commits;
  private final PendingRows rows;
  private final Deque<Segment> staged = new ArrayDeque<>();
  private volatile long appliedId;

  StagedJdbcSink(
      StreamDefinition stream,
      JdbcOptions.OfSink options,
      SinkContext context,
      Database database,
      TableWriter writer,
      @Nullable StagedOutput resumed) {
    this.database = database;
    this.job = context.job();
    this.name = stream.name();
    this.writer = writer;
    this.rows = new PendingRows(stream, options);
    this.commits =
        database.transact(
            "find what was written of '" + name + "'",
            connection -> {
              Commits found = Commits.open(connection, options.commitsTable(), job, name);
              check(found.find(connection), found, resumed);
              return found;
            });
    if (resumed != null) {
      apply(resumed);
    }
  }

  private void check(long committed, Commits found, @Nullable StagedOutput resumed) {
    String begin =
        "job '" + job + "' has written '" + name + "' up to snapshot " + committed + " into ";
    if (resumed == null && committed != Commits.NONE) {
      throw new MillraceException(
          begin
              + database.name()
              + ", but begins anew: rows would be written again; put its snapshots back, give the"
              + " job another name, or accept that and run there: "
              + found.deletion());
    }
    if (resumed != null && committed > resumed.snapshotId()) {
      throw new MillraceException(
          begin
              + database.name()
              + ", but goes on from snapshot "
              + resumed.snapshotId()
              + ": rows would be written again; put the later snapshot back, or accept that and run"
              + " there: "
              + found.deletion());
    }
  }

  @Override
  public void write(Batch batch) {
    rows.add(batch);
    rows.checkLimit(staged.stream().mapToLong(segment -> segment.bytes().length).sum());
  }

  /** Rows wait for their snapshot, so there is nothing to be done. */
  @Override
  public void flush() {}

  @Override
  public byte[] stage(long snapshotId) {
    staged.removeIf(segment -> segment.snapshotId() <= appliedId);
    if (rows.count() > 0) {
      staged.add(rows.take(snapshotId));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(staged.size());
      for (Segment segment : staged) {
        out.writeLong(segment.snapshotId());
        out.writeInt(segment.count());
        out.writeInt(segment.bytes().length);
        out.write(segment.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public void apply(StagedOutput output) {
    List<Segment> segments = decode(output);
    if (!segments.isEmpty()) {
      database.transact(
          "write '" + name + "'", connection -> apply(connection, segments, output.snapshotId()));
    }
    if (output.snapshotId() > appliedId) {
      appliedId = output.snapshotId();
    }
  }

  private long apply(Connection connection, List<Segment> segments, long snapshotId)
      throws SQLException {
    long committed = commits.find(connection);
    List<RowCodec.Row> missing = new ArrayList<>();
    for (Segment segment : segments) {
      if (segment.snapshotId() > committed) {
        missing.addAll(rows.rows(segment));
      }
    }
    if (committed < snapshotId && !missing.isEmpty()) {
      writer.write(connection, missing);
      commits.advance(connection, committed, snapshotId);
    }
    return snapshotId;
  }

  private List<Segment> decode(StagedOutput output) {
    List<Segment> segments = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(output.bytes()))) {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new MillraceException(
            "snapshot "
                + output.snapshotId()
                + " holds rows of '"
                + name
                + "' in the form "
                + version
                + ", which this version does not know; go on with the version that took it");
      }
      for (int i = in.readInt(); i > 0; i--) {
        long id = in.readLong();
        int count = in.readInt();
        segments.add(new Segment(id, count, in.readNBytes(in.readInt())));
      }
    } catch (IOException e) {
      throw new MillraceException(
          "the rows of '" + name + "' that snapshot " + output.snapshotId() + " holds are damaged",
          e);
    }
    return segments;
  }

  @Override
  public void close() {
    database.close();
  }
}
