package io.millrace.engine;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.source.RowTime;
import io.millrace.spi.time.Slack;

/**
 * How the event time of a declared stream is taken from its rows, and how its watermark follows.
 */
final class StreamTimes {
  private StreamTimes() {}

  /**
   * @param hasRecordTimes whether the stream's connector gives each record a time
   */
  static RowTime rowTime(StreamDeclaration stream, boolean hasRecordTimes) {
    if (stream.time() instanceof TimeAttribute.Column column) {
      return new RowTime(column.column(), false);
    }
    if (stream.time() instanceof TimeAttribute.Watermark watermark) {
      return new RowTime(watermark.column(), false);
    }
    return new RowTime(-1, hasRecordTimes);
  }

  static EntryPort.EntryTime entryTime(StreamDeclaration stream, boolean hasRecordTimes) {
    if (stream.time() instanceof TimeAttribute.Watermark watermark) {
      return EntryPort.EntryTime.event(watermark.slack(), stream.idleMillis());
    }
    boolean isEventTime = hasRecordTimes || stream.time() instanceof TimeAttribute.Column;
    return isEventTime
        ? EntryPort.EntryTime.event(Slack.NONE, stream.idleMillis())
        : EntryPort.EntryTime.arrival(stream.marks() == null ? 0 : stream.idleMillis());
  }
}
