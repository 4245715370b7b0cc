package io.millrace.connectors.file;

import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.RejectedRecord;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import java.util.List;

/** A file source of one STRING column, and what it has written. */
final class SourceUnderTest implements AutoCloseable {
  static final StreamFixture STREAM =
      StreamFixture.of(new Field("line", DataType.STRING)).withConnector(new FileConnector());

  private final Source source;
  private final RecordingRowWriter writer = RecordingRowWriter.of(STREAM.schema());

  SourceUnderTest(StreamFixture stream, Format format) {
    var definition = stream.definition();
    source =
        new FileConnector()
            .open(
                definition, new TestSourceContext("test", new VirtualClock(), definition, format));
  }

  /** The lines that a poll without bound gives. */
  List<String> poll() {
    writer.clear();
    source.poll(0, writer, Integer.MAX_VALUE);
    return lines();
  }

  /** The status of a poll without bound. */
  PollStatus status() {
    writer.clear();
    return source.poll(0, writer, Integer.MAX_VALUE);
  }

  List<String> poll(int maxRows) {
    writer.clear();
    source.poll(0, writer, maxRows);
    return lines();
  }

  /** The lines of the last poll. */
  List<String> lines() {
    return writer.rows().stream().map(row -> String.valueOf(row.values().get(0))).toList();
  }

  /** The origins of the rows of the last poll. */
  List<String> origins() {
    return writer.rows().stream().map(RecordedRow::origin).toList();
  }

  /** The records that the last poll rejected. */
  List<RejectedRecord> rejected() {
    return writer.rejected();
  }

  String position() {
    return source.position(0);
  }

  void seek(String position) {
    source.seek(0, position);
  }

  void acknowledge() {
    source.acknowledge(List.of(position()));
  }

  @Override
  public void close() {
    source.close();
  }
}
