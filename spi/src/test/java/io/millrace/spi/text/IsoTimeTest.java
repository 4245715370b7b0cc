package io.millrace.spi.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2024-03-01T10:00:00Z, 2024-03-01T10:00:00Z",
    "2024-03-01 10:00:00, 2024-03-01T10:00:00Z",
    "2024-03-01T10:00, 2024-03-01T10:00:00Z",
    "2024-03-01, 2024-03-01T00:00:00Z",
    "2024-02-29T23:59:59.9, 2024-02-29T23:59:59.900Z",
    "2024-03-01T10:00:00.123456789Z, 2024-03-01T10:00:00.123Z",
    "2024-03-01T10:00:00+02:00, 2024-03-01T08:00:00Z",
    "2024-03-01T10:00:00-0330, 2024-03-01T13:30:00Z",
    "2024-03-01 10:00:00+01, 2024-03-01T09:00:00Z",
    "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "+12024-03-01T10:00:00Z, +12024-03-01T10:00:00Z",
    "2024-03-01T10:00:00+01:00[Europe/Paris], 2024-03-01T09:00:00Z"
  })
  void shouldReadTimestamp(String text, String expected) {
    assertThat(timestamp(text)).isEqualTo(Instant.parse(expected).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-13-01",
        "2024-02-30",
        "2023-02-29",
        "2024-03-01T",
        "2024-03-01T25:00:00Z",
        "2024-03-01T10:60:00Z",
        "2024-03-01T10:00:61Z",
        "2024-03-01T10:00:00X",
        "2024-03-01x10:00:00",
        "2024-03-01T10:00:00+99:00",
        "20x4-03-01",
        "2024-03-01T10:0:00Z",
        "not a time at all",
        "2024-03-01T10:00:00ZZ"
      })
  void shouldFindNoTimestamp(String text) {
    assertThat(timestamp(text)).isEqualTo(IsoTime.NONE);
  }

  @Test
  void shouldReadAndWriteTimestampsAsJavaDoes() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long millis = (long) ((random.nextDouble() - 0.2) * 300_000_000_000_000L);
      String expected = Instant.ofEpochMilli(millis).toString();
      ByteOutput out = new ByteOutput(1);
      IsoTime.writeTimestamp(millis, out);
      assertThat(text(out)).as("seed %d", seed).isEqualTo(expected);
      assertThat(timestamp(expected)).as("seed %d, %s", seed, expected).isEqualTo(millis);
    }
  }

  @Test
  void shouldWriteSecondsAlways() {
    ByteOutput out = new ByteOutput(1);
    IsoTime.writeTimestamp(0, out);
    out.write(' ');
    IsoTime.writeTime(0, out);
    out.write(' ');
    IsoTime.writeTime(86_399_050, out);
    assertThat(text(out)).isEqualTo("1970-01-01T00:00:00Z 00:00:00 23:59:59.050");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01", "2024-02-29", "0000-02-29", "9999-12-31", "1900-03-01"})
  void shouldReadAndWriteDate(String text) {
    long day = IsoTime.parseDate(text.toCharArray(), 0, text.length());
    assertThat(day).isEqualTo(LocalDate.parse(text).toEpochDay());
    ByteOutput out = new ByteOutput(1);
    IsoTime.writeDate(day, out);
    assertThat(text(out)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "10:00, 36000000",
    "10:00:01, 36001000",
    "23:59:59.999, 86399999",
    "00:00:00.5, 500",
    "24:00:00, -9223372036854775808",
    "1:00, -9223372036854775808",
    "10:00:, -9223372036854775808",
    "10-00-00, -9223372036854775808"
  })
  void shouldReadTime(String text, long expected) {
    assertThat(IsoTime.parseTime(text.toCharArray(), 0, text.length())).isEqualTo(expected);
  }

  private static long timestamp(String text) {
    return IsoTime.parseTimestamp(text.toCharArray(), 0, text.length());
  }

  private static String text(ByteOutput out) {
    return new String(out.toByteArray(), UTF_8);
  }
}
