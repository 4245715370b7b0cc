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
  private static final int VERSION = 2;

  /** Staged without what was written before. */
  private static final int FIRST_VERSION = 1;

  private final Database database;
  private final String job;
  private final String name;
  private final TableWriter writer;
  private final Commits commits;
  private final PendingRows rows;
  private final Deque<Segment> staged = new ArrayDeque<>();
  private volatile long appliedId;

  /** The snapshot whose rows the database is known to have, with all before. */
  private volatile long writtenId;

  /**
   * What a snapshot holds.
   *
   * @param writtenId the snapshot of whose rows it was known that the database has them
   * @param segments the intervals of which that was not known
   */
  private record Staged(long writtenId, List<Segment> segments) {}

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
              writtenId = found.find(connection);
              check(writtenId, found, resumed);
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
              + found.setting(committed, resumed.snapshotId()));
    }
    if (resumed != null) {
      refuseLoss(committed, decode(resumed), found);
    }
  }

  /** Refuses a database that no longer has what it had, such as one that was restored. */
  private void refuseLoss(long committed, Staged staged, Commits found) {
    if (committed < staged.writtenId) {
      throw new MillraceException(
          database.name()
              + (committed == Commits.NONE
                  ? " says of no snapshot that job '"
                  : " says that snapshot " + committed + " is the last that job '")
              + job
              + "' has written"
              + " to '"
              + name
              + "', but it had written snapshot "
              + staged.writtenId
              + ": the database has gone back, and rows are lost; put its later state back, or accept"
              + " that and run there: "
              + found.setting(committed, staged.writtenId));
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
      out.writeLong(writtenId);
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
    Staged staged = decode(output);
    if (!staged.segments.isEmpty()) {
      writtenId =
          database.transact(
              "write '" + name + "'", connection -> apply(connection, staged, output.snapshotId()));
    }
    if (output.snapshotId() > appliedId) {
      appliedId = output.snapshotId();
    }
  }

  /** Writes what the database does not have; gives the snapshot up to which it has all. */
  private long apply(Connection connection, Staged staged, long snapshotId) throws SQLException {
    long committed = commits.find(connection);
    refuseLoss(committed, staged, commits);
    List<RowCodec.Row> missing = new ArrayList<>();
    for (Segment segment : staged.segments) {
      if (segment.snapshotId() > committed) {
        missing.addAll(rows.rows(segment));
      }
    }
    if (committed < snapshotId && !missing.isEmpty()) {
      writer.write(connection, missing);
      commits.advance(connection, committed, snapshotId);
      return snapshotId;
    }
    return committed;
  }

  private Staged decode(StagedOutput output) {
    long written = Commits.NONE;
    List<Segment> segments = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(output.bytes()))) {
      int version = in.readUnsignedByte();
      if (version != VERSION && version != FIRST_VERSION) {
        throw new MillraceException(
            "snapshot "
                + output.snapshotId()
                + " holds rows of '"
                + name
                + "' in the form "
                + version
                + ", which this version does not know; go on with the version that took it");
      }
      if (version != FIRST_VERSION) {
        written = in.readLong();
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
    return new Staged(written, segments);
  }

  @Override
  public void close() {
    database.close();
  }
}
