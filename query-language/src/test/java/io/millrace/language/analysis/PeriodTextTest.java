package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTextTest {
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2024-03-31 01, 2024-03-31T00:00:00Z, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-03-31 02, 2024-03-31T01:00:00Z, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-03-31 02:30, 2024-03-31T01:00:00Z, 2024-03-31T01:00:00Z",
    "Europe/Berlin, 2024-03-31 03, 2024-03-31T01:00:00Z, 2024-03-31T02:00:00Z",
    "Europe/Berlin, 2024-10-27 02, 2024-10-27T00:00:00Z, 2024-10-27T02:00:00Z",
    "UTC, 2024-03-31 02:30 Europe/Berlin, 2024-03-31T01:00:00Z, 2024-03-31T01:00:00Z",
    "America/Toronto, 1919-03-30, 1919-03-30T05:00:00Z, 1919-03-31T04:30:00Z",
    "America/Toronto, 1919-03-31, 1919-03-31T04:30:00Z, 1919-04-01T04:00:00Z",
  })
  void shouldEndGapOfClocksWhereTheyJump(String zone, String text, Instant start, Instant end) {
    assertThat(PeriodText.parse(text, ZoneId.of(zone)))
        .contains(new PeriodText.Period(start.toEpochMilli(), end.toEpochMilli()));
  }
}
