package io.millrace.engine.script;

import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.Options;
import io.millrace.spi.types.DataType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of test lines to one stream. Decodes them as the format {@code json} does, fills
 * the time column, and gives what a Kafka record would have beside its value.
 */
final class TestInput {
  private static final String FORMAT = "json";
  private static final String KEY = "ROWKEY";
  private static final String PARTITION = "ROWPARTITION";
  private static final String OFFSET = "ROWOFFSET";
  private static final String HEADERS = "ROWHEADERS";

  private final StreamDeclaration stream;
  private final Input<Map<String, ? extends @Nullable Object>> input;
  private final Decoder decoder;
  private final List<Map<String, @Nullable Object>> waiting = new ArrayList<>();
  private final List<Long> waitingTimes = new ArrayList<>();
  private long offset;

  /**
   * @param offset how many rows the stream has taken so far
   */
  TestInput(Engine engine, Job job, StreamDeclaration stream, long offset) {
    this.stream = stream;
    this.input = job.input(stream.name());
    this.offset = offset;
    Format json = engine.parts().plugins().format(FORMAT);
    this.decoder =
        json.decoder(
            new StreamDefinition(
                stream.name(),
                stream.schema(),
                stream.keyColumns(),
                stream.isTable(),
                new Options(json.options(), stream.options())));
  }

  long offset() {
    return offset;
  }

  /** Decodes a row, to be sent by {@link #flush}. */
  void add(InputLine.RowLine line) {
    waiting.add(row(line));
    waitingTimes.add(line.time());
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** The time of the first row that waits. */
  long firstTime() {
    return waitingTimes.get(0);
  }

  /** The greatest time of the rows that wait. */
  long greatestTime() {
    return waitingTimes.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Sends the rows that wait. */
  void flush() {
    long[] times = waitingTimes.stream().mapToLong(Long::longValue).toArray();
    List<Map<String, @Nullable Object>> rows = List.copyOf(waiting);
    waiting.clear();
    waitingTimes.clear();
    input.sendAll(rows, times);
  }

  /** Deletes the row whose key a line names. */
  void delete(InputLine.RowLine line) {
    input.delete(row(line), line.time());
  }

  void advanceTo(long time) {
    input.advanceTo(time);
  }

  private Map<String, @Nullable Object> row(InputLine.RowLine line) {
    CapturedRow captured = new CapturedRow(stream.schema());
    byte[] bytes = line.json().getBytes(StandardCharsets.UTF_8);
    captured.record(() -> "line " + line.line(), RowWriter.NO_TIME);
    try {
      decoder.decode(bytes, 0, bytes.length, captured);
    } catch (DecodeException e) {
      throw new MillraceException(e.message(), e);
    }
    Map<String, @Nullable Object> values = captured.values();
    fillTime(values, line.time());
    fillMetadata(values, line.headers());
    offset++;
    return values;
  }

  private void fillTime(Map<String, @Nullable Object> values, long time) {
    int column = -1;
    if (stream.time() instanceof TimeAttribute.Column by) {
      column = by.column();
    } else if (stream.time() instanceof TimeAttribute.Watermark watermark) {
      column = watermark.column();
    }
    if (column >= 0 && !values.containsKey(stream.schema().name(column))) {
      boolean isNumber = stream.schema().type(column).equals(DataType.BIGINT);
      values.put(
          stream.schema().name(column), isNumber ? (Object) time : Instant.ofEpochMilli(time));
    }
  }

  private void fillMetadata(Map<String, @Nullable Object> values, @Nullable String headers) {
    for (int i = stream.schema().size(); i < input.schema().size(); i++) {
      String name = input.schema().name(i);
      switch (name) {
        case KEY -> values.put(name, key(values));
        case PARTITION -> values.put(name, 0);
        case OFFSET -> values.put(name, offset);
        case HEADERS ->
            values.put(name, headers == null ? Map.of() : JsonTree.readObject(headers, 0).values());
        default -> values.put(name, null);
      }
    }
  }

  private @Nullable String key(Map<String, @Nullable Object> values) {
    if (stream.keyColumns().size() != 1) {
      return null;
    }
    Object key = values.get(stream.schema().name(stream.keyColumns().get(0)));
    return key == null ? null : key.toString();
  }
}
