package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionValues;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** Where a source begins in a partition for which there is no position yet. */
sealed interface StartPoint {

  /** One of the two ends of a partition. */
  enum Edge implements StartPoint {
    /** The oldest record that the broker still has. */
    EARLIEST,
    /** Behind the newest record at the time at which the job starts. */
    LATEST
  }

  /**
   * The first record with this time or a later one; behind the newest record if there is none.
   *
   * @param millis milliseconds since the epoch
   */
  record At(long millis) implements StartPoint {}

  /**
   * Reads {@code earliest}, {@code latest}, an ISO-8601 instant or milliseconds since the epoch.
   *
   * @throws MillraceException if it is none of these
   */
  static StartPoint parse(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "earliest" -> Edge.EARLIEST;
      case "latest" -> Edge.LATEST;
      default ->
          new At(
              OptionValues.parseLong(text)
                  .or(() -> parseInstant(text))
                  .orElseThrow(
                      () ->
                          new MillraceException(
                              "option 'start' must be 'earliest', 'latest', or a time such as"
                                  + " '2024-03-01T10:00:00Z' or milliseconds since the epoch, not '"
                                  + text
                                  + "'")));
    };
  }

  private static Optional<Long> parseInstant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.trim()).toInstant().toEpochMilli());
    } catch (DateTimeParseException ignored) { // the answer is "no time"
      return Optional.empty();
    } catch (ArithmeticException e) {
      throw new MillraceException(
          "option 'start': '"
              + text
              + "' is beyond the times that Kafka knows (up to "
              + Instant.ofEpochMilli(Long.MAX_VALUE)
              + ")",
          e);
    }
  }
}
