package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0/5 * * * ?            | 2026-11-28T14:03:20.500Z | 2026-11-28T14:00:00Z | 2026-11-28T14:05:00Z
          0 0/5 * * * ?            | 2026-11-28T14:05:00Z     | 2026-11-28T14:05:00Z | 2026-11-28T14:10:00Z
          0 0/5 * * * ?            | 1969-12-31T23:59:59.999Z | 1969-12-31T23:55:00Z | 1970-01-01T00:00:00Z
          */15 * * * * *           | 2026-01-01T00:00:14.999Z | 2026-01-01T00:00:00Z | 2026-01-01T00:00:15Z
          0 30 9 ? * MON-FRI       | 2026-11-28T12:00:00Z     | 2026-11-27T09:30:00Z | 2026-11-30T09:30:00Z
          0 30 9 ? * 1,7           | 2026-11-28T09:29:59Z     | 2026-11-22T09:30:00Z | 2026-11-28T09:30:00Z
          59 59 23 L * ?           | 2028-02-15T00:00:00Z     | 2028-01-31T23:59:59Z | 2028-02-29T23:59:59Z
          0 0 0 29 FEB ?           | 2097-01-01T00:00:00Z     | 2096-02-29T00:00:00Z | 2104-02-29T00:00:00Z
          5,10-12 1/58 8-20/6 * 3 ? | 2026-03-31T20:59:12Z    | 2026-03-31T20:59:12Z | 2027-03-01T08:01:05Z
          0 0 12 1 1 ? 2027-2028   | 2027-06-01T00:00:00Z     | 2027-01-01T12:00:00Z | 2028-01-01T12:00:00Z
          """)
  void shouldFindTheMomentsAround(String text, String time, String previous, String next) {
    CronSchedule schedule = CronSchedule.parse(text);
    assertThat(Instant.ofEpochMilli(schedule.previous(millis(time)))).isEqualTo(previous);
    assertThat(Instant.ofEpochMilli(schedule.next(millis(time)))).isEqualTo(next);
  }

  @Test
  void shouldFindNothingBeyondItsYears() {
    CronSchedule schedule = CronSchedule.parse("0 0 12 1 1 ? 2027,2030");
    assertThat(schedule.previous(millis("2027-01-01T11:59:59Z"))).isEqualTo(Long.MIN_VALUE);
    assertThat(schedule.next(millis("2027-01-01T12:00:00Z")))
        .isEqualTo(millis("2030-01-01T12:00:00Z"));
    assertThat(schedule.next(millis("2030-01-01T12:00:00Z"))).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.previous(Long.MAX_VALUE)).isEqualTo(millis("2030-01-01T12:00:00Z"));
    assertThat(schedule.next(Long.MIN_VALUE)).isEqualTo(millis("2027-01-01T12:00:00Z"));
  }

  @Test
  void shouldEndWithTime() {
    CronSchedule schedule = CronSchedule.parse("0 0 0 * * ?");
    assertThat(schedule.next(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.next(Long.MAX_VALUE - 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.previous(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void shouldAgreeWithTryingEachSecond() {
    Random random = new Random(4);
    for (int round = 0; round < 40; round++) {
      int second = random.nextInt(60);
      int minute = random.nextInt(60);
      int step = 1 + random.nextInt(20);
      int hour = random.nextInt(24);
      int weekday = round % 7;
      CronSchedule schedule =
          CronSchedule.parse(
              second + " " + minute + "/" + step + " " + hour + ",23 ? * " + (1 + weekday));
      Predicate<LocalDateTime> fires =
          time ->
              time.getSecond() == second
                  && time.getMinute() >= minute
                  && (time.getMinute() - minute) % step == 0
                  && (time.getHour() == hour || time.getHour() == 23)
                  && time.getDayOfWeek().getValue() % 7 == weekday;
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(random.nextInt(2_000_000_000), 0, ZoneOffset.UTC);
      LocalDateTime next = time.plusSeconds(1);
      while (!fires.test(next)) {
        next = next.plusSeconds(1);
      }
      LocalDateTime previous = time;
      while (!fires.test(previous)) {
        previous = previous.minusSeconds(1);
      }
      long millis = time.toEpochSecond(ZoneOffset.UTC) * 1_000;
      assertThat(schedule.next(millis)).isEqualTo(next.toEpochSecond(ZoneOffset.UTC) * 1_000);
      assertThat(schedule.previous(millis))
          .isEqualTo(previous.toEpochSecond(ZoneOffset.UTC) * 1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 0 * * *",
        "60 * * * * ?",
        "0 0 24 * * ?",
        "0 0 0 0 * ?",
        "0 0 0 ? * 8",
        "0 0 0 ? * XYZ",
        "0 5-1 * * * ?",
        "0 */0 * * * ?",
        "0 , * * * ?",
        "0 -1 * * * ?",
        "0 0 0 1 * MON",
        "0 0 0 30 2 ?",
        "0 0 0 29 2 ? 2021",
        "0 0 0 * * ? 1969"
      })
  void shouldRefuseWhatIsNoSchedule(String text) {
    assertThatThrownBy(() -> CronSchedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
