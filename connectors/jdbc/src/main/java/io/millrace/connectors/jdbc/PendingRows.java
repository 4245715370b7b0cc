package io.millrace.connectors.jdbc;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows that wait to be written, as bytes. Written by one thread; {@link #rows} is for any. */
final class PendingRows {
  private final String stream;
  private final RowCodec codec;
  private final long limit;
  private int count;

  PendingRows(StreamDefinition stream, JdbcOptions.OfSink options) {
    this.stream = stream.name();
    this.codec = new RowCodec(stream.schema(), ofDeletion(stream));
    this.limit = options.stagingBytes();
  }

  private static List<Integer> ofDeletion(StreamDefinition stream) {
    return stream.isTable()
        ? stream.keyColumns()
        : IntStream.range(0, stream.schema().size()).boxed().toList();
  }

  /**
   * The rows of an interval.
   *
   * @param snapshotId the first snapshot that covers them
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Segment(long snapshotId, int count, byte[] bytes) {}

  void add(Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      codec.write(batch, row);
    }
    count += batch.size();
  }

  int count() {
    return count;
  }

  int bytes() {
    return codec.size();
  }

  /**
   * Refuses more rows than may wait.
   *
   * @param others bytes that wait elsewhere
   */
  void checkLimit(long others) {
    if (codec.size() + others > limit) {
      throw new MillraceException(
          "the rows that '"
              + stream
              + "' keeps until the next snapshot take more than 'staging.bytes' = "
              + limit
              + " bytes: take snapshots more often, or raise it");
    }
  }

  /** Takes the rows out. */
  Segment take(long snapshotId) {
    Segment segment = new Segment(snapshotId, count, codec.toBytes());
    codec.clear();
    count = 0;
    return segment;
  }

  List<RowCodec.Row> rows(Segment segment) {
    List<RowCodec.Row> rows = new ArrayList<>(segment.count());
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(segment.bytes()))) {
      for (int i = 0; i < segment.count(); i++) {
        rows.add(codec.read(in));
      }
    } catch (IOException e) {
      throw new MillraceException(
          "the rows of '"
              + stream
              + "' that snapshot "
              + segment.snapshotId()
              + " holds are damaged",
          e);
    }
    return rows;
  }
}
