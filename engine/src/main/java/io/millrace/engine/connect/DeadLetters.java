package io.millrace.engine.connect;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes records that could not be used, with what is known of them, to a sink. Thread-safe. */
final class DeadLetters {
  /**
   * What a dead letter holds; {@code content} if it is UTF-8, {@code bytes} (base64 in JSON)
   * otherwise.
   */
  static final Schema SCHEMA =
      Schema.of(
          new Field("source", DataType.STRING),
          new Field("time", DataType.TIMESTAMP),
          new Field("record_time", DataType.TIMESTAMP),
          new Field("error", DataType.STRING),
          new Field("content", DataType.STRING),
          new Field("bytes", DataType.BYTES));

  private final Sink sink;
  private final Clock clock;
  private final Timeline timeline = new SourceTimeline();
  private final RowBuffer buffer = new RowBuffer(SCHEMA, 1, timeline);

  DeadLetters(Sink sink, Clock clock) {
    this.sink = sink;
    this.clock = clock;
  }

  synchronized void add(
      String source, long recordTime, String error, byte[] bytes, int offset, int length) {
    long now = clock.millis();
    buffer.clear();
    int row = buffer.append(now, Timeline.ofRow(0));
    byte[] content = Arrays.copyOfRange(bytes, offset, offset + length);
    String text = textOf(content);
    buffer.column(0).set(row, source);
    buffer.column(1).set(row, now);
    buffer.column(2).set(row, recordTime == Long.MIN_VALUE ? null : (Long) recordTime);
    buffer.column(3).set(row, error);
    buffer.column(4).set(row, text);
    buffer.column(5).set(row, text == null ? Bytes.wrap(content) : null);
    Batch batch = buffer.batch(timeline, timeline);
    sink.write(batch);
  }

  private static @Nullable String textOf(byte[] content) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException ignored) { // the bytes themselves are kept
      return null;
    }
  }

  synchronized void flush() {
    sink.flush();
  }

  synchronized void close() {
    sink.close();
  }
}
