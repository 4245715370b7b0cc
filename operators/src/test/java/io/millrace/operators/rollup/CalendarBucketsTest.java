package io.millrace.operators.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.functions.CalendarUnit;
import io.millrace.testkit.Property;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalendarBucketsTest {
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "+05:30",
          "Europe/Berlin",
          "America/St_Johns",
          "America/Havana",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "Africa/Monrovia",
          "Asia/Kathmandu",
          "America/Sao_Paulo");

  @ParameterizedTest
  @CsvSource({
    "SECOND, Europe/Berlin, 2024-03-01T10:00:00.500Z, 2024-03-01T10:00:00Z, 2024-03-01T10:00:01Z",
    "MINUTE, Asia/Kolkata, 2024-03-01T10:00:30Z, 2024-03-01T10:00:00Z, 2024-03-01T10:01:00Z",
    "HOUR, Asia/Kolkata, 2024-03-01T10:00:30Z, 2024-03-01T09:30:00Z, 2024-03-01T10:30:00Z",
    "HOUR, Europe/Berlin, 2024-10-27T00:30:00Z, 2024-10-27T00:00:00Z, 2024-10-27T01:00:00Z",
    "HOUR, Europe/Berlin, 2024-10-27T01:30:00Z, 2024-10-27T01:00:00Z, 2024-10-27T02:00:00Z",
    "HOUR, Australia/Lord_Howe, 2024-04-06T14:45:00Z, 2024-04-06T14:00:00Z, 2024-04-06T15:00:00Z",
    "HOUR, Australia/Lord_Howe, 2024-04-06T15:10:00Z, 2024-04-06T15:00:00Z, 2024-04-06T15:30:00Z",
    "DAY, Europe/Berlin, 2024-03-31T12:00:00Z, 2024-03-30T23:00:00Z, 2024-03-31T22:00:00Z",
    "DAY, Pacific/Apia, 2011-12-30T09:00:00Z, 2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z",
    "DAY, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
    "DAY, America/St_Johns, 2010-11-07T02:45:00Z, 2010-11-07T02:30:00Z, 2010-11-08T03:30:00Z",
    "WEEK, UTC, 2024-03-03T23:59:59Z, 2024-02-26T00:00:00Z, 2024-03-04T00:00:00Z",
    "MONTH, UTC, 2024-02-29T00:00:00Z, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "QUARTER, America/New_York, 2024-06-30T23:00:00Z, 2024-04-01T04:00:00Z, 2024-07-01T04:00:00Z",
    "YEAR, Europe/Berlin, 2023-12-31T23:00:00Z, 2023-12-31T23:00:00Z, 2024-12-31T23:00:00Z",
    "YEAR, UTC, 1969-12-31T23:59:59Z, 1969-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
  })
  void shouldFollowTheCalendarOfTheZone(
      CalendarUnit unit, String zone, Instant time, Instant start, Instant end) {
    assertThat(new CalendarBuckets(unit, ZoneId.of(zone)).at(time.toEpochMilli()))
        .isEqualTo(new CalendarBuckets.Bucket(start.toEpochMilli(), end.toEpochMilli()));
  }

  @Test
  void shouldCoverTheTimeLineWithoutGapsAndOverlaps() {
    Property.check(
        200, 20, CalendarBucketsTest::randomCase, cases -> cases.forEach(this::checkNeighbours));
  }

  private record Case(CalendarUnit unit, ZoneId zone, long time) {}

  private static Case randomCase(Random random) {
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    CalendarUnit unit = CalendarUnit.values()[1 + random.nextInt(8)];
    return new Case(unit, zone, timeNearChange(zone, random));
  }

  private void checkNeighbours(Case each) {
    CalendarBuckets buckets = new CalendarBuckets(each.unit(), each.zone());
    long time = each.time();
    CalendarBuckets.Bucket bucket = buckets.at(time);
    assertThat(bucket.contains(time)).isTrue();
    assertThat(buckets.at(bucket.start())).isEqualTo(bucket);
    assertThat(buckets.at(bucket.end() - 1)).isEqualTo(bucket);
    assertThat(buckets.at(bucket.end()).start()).isEqualTo(bucket.end());
    assertThat(buckets.at(bucket.start() - 1).end()).isEqualTo(bucket.start());
  }

  private static long timeNearChange(ZoneId zone, Random random) {
    long time = (long) (random.nextDouble() * 2_000_000_000_000L) - 500_000_000_000L;
    var change = zone.getRules().nextTransition(Instant.ofEpochMilli(time));
    long near = change == null ? time : change.toEpochSecond() * 1000;
    return near + random.nextInt(180_000_000) - 90_000_000;
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void shouldReachAsFarAsTimesDo() {
    for (CalendarUnit unit : List.of(CalendarUnit.values()).subList(1, 9)) {
      CalendarBuckets buckets = new CalendarBuckets(unit, ZoneId.of("Europe/Berlin"));

      assertThat(buckets.at(Long.MAX_VALUE)).isEqualTo(buckets.at(Long.MAX_VALUE - 1));
      assertThat(buckets.at(Long.MAX_VALUE - 1).end()).isEqualTo(Long.MAX_VALUE);
      assertThat(buckets.at(Long.MAX_VALUE).end()).isEqualTo(Long.MAX_VALUE);
      assertThat(buckets.at(Long.MIN_VALUE).start()).isEqualTo(Long.MIN_VALUE);
    }
  }
}
