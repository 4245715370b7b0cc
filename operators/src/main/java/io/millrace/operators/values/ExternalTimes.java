package io.millrace.operators.values;

import io.millrace.spi.error.RowException;
import io.millrace.spi.types.DataType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;

/** The external forms of times. A LocalDateTime is taken for UTC. */
final class ExternalTimes {
  private ExternalTimes() {}

  /** What all times take: their texts, and where it makes sense the internal number. */
  private abstract static class TimeForm extends ExternalForm {
    TimeForm(DataType type) {
      super(type);
    }

    final Object ofText(Object external, String field, ToLongFunction<String> reader) {
      if (external instanceof CharSequence text) {
        try {
          return reader.applyAsLong(text.toString());
        } catch (RowException ignored) { // said by unfit, with the field
          throw unfit(external, field);
        }
      }
      throw unfit(external, field);
    }
  }

  static final class OfTimestamp extends TimeForm {
    OfTimestamp() {
      super(DataType.TIMESTAMP);
    }

    @Override
    Object external(Object internal) {
      return Instant.ofEpochMilli((Long) internal);
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof Long millis) {
        return millis;
      }
      if (external instanceof Instant instant) {
        return instant.toEpochMilli();
      }
      if (external instanceof OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
      }
      if (external instanceof ZonedDateTime time) {
        return time.toInstant().toEpochMilli();
      }
      if (external instanceof LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      return ofText(external, field, Casts::toTimestamp);
    }

    @Override
    String expected() {
      return "Instant, milliseconds since the epoch or ISO text";
    }
  }

  static final class OfDate extends TimeForm {
    OfDate() {
      super(DataType.DATE);
    }

    @Override
    Object external(Object internal) {
      return LocalDate.ofEpochDay((Long) internal);
    }

    @Override
    Object internal(Object external, String field) {
      return external instanceof LocalDate date
          ? (Object) date.toEpochDay()
          : ofText(external, field, Casts::toDate);
    }

    @Override
    String expected() {
      return "LocalDate or ISO text";
    }
  }

  static final class OfTime extends TimeForm {
    private static final long NANOS_OF_MILLI = 1_000_000;

    OfTime() {
      super(DataType.TIME);
    }

    @Override
    Object external(Object internal) {
      return LocalTime.ofNanoOfDay((Long) internal * NANOS_OF_MILLI);
    }

    @Override
    Object internal(Object external, String field) {
      return external instanceof LocalTime time
          ? (Object) (time.toNanoOfDay() / NANOS_OF_MILLI)
          : ofText(external, field, Casts::toTime);
    }

    @Override
    String expected() {
      return "LocalTime or ISO text";
    }
  }

  static final class OfInterval extends TimeForm {
    OfInterval() {
      super(DataType.INTERVAL);
    }

    @Override
    Object external(Object internal) {
      return Duration.ofMillis((Long) internal);
    }

    @Override
    Object internal(Object external, String field) {
      if (external instanceof Long millis) {
        return millis;
      }
      return external instanceof Duration duration
          ? (Object) duration.toMillis()
          : ofText(external, field, Casts::toInterval);
    }

    @Override
    String expected() {
      return "Duration, milliseconds or ISO text";
    }
  }
}
