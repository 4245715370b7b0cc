package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SourceTimelineTest {
  private static final Slack ADAPTIVE = new Slack.Adaptive(Long.MAX_VALUE);

  static List<Slack> slacks() {
    return List.of(
        Slack.NONE,
        new Slack.Fixed(70),
        ADAPTIVE,
        new Slack.Adaptive(150),
        new Slack.Quality(0.9, Long.MAX_VALUE),
        new Slack.Quality(0.5, 40),
        new Slack.Quality(1, Long.MAX_VALUE));
  }

  @Test
  void shouldRaiseTheSlackWithTheRowThatIsLate() {
    assertThat(watermarks(ADAPTIVE, 700_000, 650_000, 740_000, 760_000, 705_000, 900_000))
        .containsExactly(700_000L, 700_000L, 700_000L, 710_000L, 710_000L, 845_000L);
  }

  @Test
  void shouldNotRaiseTheSlackAboveTheLargestOne() {
    assertThat(watermarks(new Slack.Adaptive(20_000), 700_000, 650_000, 740_000))
        .containsExactly(700_000L, 700_000L, 720_000L);
  }

  @Test
  void shouldLowerTheSlackToTheLargestDelayOfThousandRows() {
    long[] rows =
        LongStream.concat(
                LongStream.of(100_000, 99_000),
                LongStream.range(0, 1_001).map(i -> 200_000 + i - (i == 500 ? 301 : 0)))
            .toArray();
    List<Long> watermarks = watermarks(ADAPTIVE, rows);

    assertThat(watermarks.get(1_000)).isEqualTo(200_998 - 1_000);
    assertThat(watermarks.get(1_001)).isEqualTo(200_999 - 300);
    assertThat(watermarks.get(1_002)).isEqualTo(201_000 - 300);
  }

  @Test
  void shouldKeepTheSlackWhenItsDelayComesAgain() {
    long[] rows =
        LongStream.concat(
                LongStream.of(100_000, 99_000),
                LongStream.range(0, 1_900).map(i -> 200_000 + i - (i == 999 ? 1_001 : 0)))
            .toArray();

    assertThat(watermarks(ADAPTIVE, rows)).last().isEqualTo(201_899L - 1_000);
  }

  @Test
  void shouldLowerTheSlackThousandRowsBehindTheLastOfItsDelays() {
    long[] rows =
        LongStream.concat(
                LongStream.of(100_000, 99_000),
                LongStream.range(0, 1_502).map(i -> 200_000 + i - (i == 500 ? 1_001 : 0)))
            .toArray();
    List<Long> watermarks = watermarks(ADAPTIVE, rows);

    assertThat(watermarks.get(1_501)).isEqualTo(201_499L - 1_000);
    assertThat(watermarks.get(1_502)).isEqualTo(201_500L);
  }

  @Test
  void shouldRaiseTheSlackOnlyAsFarAsTheShareOfRowsAsksFor() {
    Slack half = new Slack.Quality(0.5, Long.MAX_VALUE);

    assertThat(watermarks(half, 100, 50, 160, 90)).containsExactly(100L, 100L, 160L, 160L);
    assertThat(watermarks(half, 100, 50, 40, 160, 115))
        .containsExactly(100L, 100L, 100L, 110L, 110L);
  }

  @Test
  void shouldKeepTheShareOfTheLastThousandRowsInOrder() {
    double share = 0.93;
    SlackEstimator estimator = new DelayQuantile(share, Long.MAX_VALUE);
    List<Long> delays = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      long delay = random.nextInt(3) > 0 ? 0 : random.nextInt(1 + Math.abs(2_500 - i));
      delays.add(delay);
      long slack = estimator.slackAfter(delay);

      List<Long> last = delays.subList(Math.max(0, i - 999), i + 1);
      long inOrder = last.stream().filter(it -> it <= slack).count();
      assertThat(inOrder).isGreaterThanOrEqualTo((long) Math.ceil(share * last.size()));
      if (i % 50 == 49) {
        assertThat(last.stream().filter(it -> it < slack).count())
            .isLessThan((long) Math.ceil(share * last.size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("slacks")
  void shouldHaveTheSameWatermarksWhereverBatchesAreCutAndJobsRestored(Slack slack) {
    Random random = new Random(7);
    long[] rows = new long[4_000];
    Arrays.setAll(rows, i -> 10L * i - (random.nextInt(5) == 0 ? random.nextInt(1 + i / 4) : 0));
    List<Long> expected = watermarks(slack, rows);

    List<Long> watermarks = new ArrayList<>();
    SourceTimeline timeline = new SourceTimeline(slack);
    for (int from = 0; from < rows.length; ) {
      int count = Math.min(rows.length - from, 1 + random.nextInt(300));
      timeline.beginEvent(0, Arrays.copyOfRange(rows, from, from + count), count);
      for (int i = 1; i <= count; i++) {
        watermarks.add(timeline.before(i));
      }
      from += count;
      SourceTimeline restored = new SourceTimeline(slack);
      restored.restore(timeline.last(), timeline.measured());
      timeline = restored;
    }
    assertThat(watermarks).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("slacks")
  void shouldFindTheFirstRowOfATimeFromWhereverItIsSought(Slack slack) {
    Random random = new Random(3);
    long[] rows = new long[60];
    Arrays.setAll(rows, i -> 10L * (i / 3) - (random.nextInt(4) == 0 ? random.nextInt(90) : 0));
    SourceTimeline timeline = new SourceTimeline(slack);
    timeline.beginEvent(0, rows, rows.length);

    for (int from = 0; from <= rows.length; from++) {
      for (long time = -100; time <= timeline.last() + 1; time++) {
        int expected = from;
        while (expected <= rows.length && timeline.before(expected) < time) {
          expected++;
        }
        expected = timeline.last() < time ? rows.length + 1 : expected;
        assertThat(timeline.firstReaching(time, from)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("slacks")
  void shouldGiveTheWatermarksOfManyRowsAsThoseOfEach(Slack slack) {
    long[] rows = {50, 20, 90, 200, 180, 190, 400};
    SourceTimeline timeline = new SourceTimeline(slack);
    timeline.beginEvent(0, new long[] {70}, 1);
    timeline.beginEvent(1, rows, rows.length);
    assertSameTogether(timeline);
    timeline.beginArrival(30, new long[] {10, 550, 640, 640, 650, 660, 700}, rows.length, 700);
    assertSameTogether(timeline);
  }

  @Test
  void shouldGiveWhatWasToldOfManyRowsAsOfEach() {
    SourceTimeline timeline = SourceTimeline.ofTold();
    timeline.beginAdvance(0, 400);
    timeline.beginTold(1, new long[] {10, 20, 30, 500, 501, 510, 600}, 7);
    assertSameTogether(timeline);
  }

  private static void assertSameTogether(SourceTimeline timeline) {
    long[] together = new long[timeline.length()];
    timeline.before(2, together.length - 1, together);

    assertThat(together).startsWith(0, 0).endsWith(0);
    for (int i = 2; i < together.length - 1; i++) {
      assertThat(together[i]).isEqualTo(timeline.before(i));
    }
  }

  @Test
  void shouldBeginToMeasureAnewWhenTheSlackHasBecomeAnotherOne() {
    SourceTimeline before = new SourceTimeline(ADAPTIVE);
    before.beginEvent(0, new long[] {700, 100}, 2);
    SourceTimeline after = new SourceTimeline(new Slack.Quality(0.5, Long.MAX_VALUE));
    after.restore(before.last(), before.measured());
    after.beginEvent(0, new long[] {800}, 1);

    assertThat(before.last()).isEqualTo(700);
    assertThat(after.last()).isEqualTo(800);
  }

  /** The watermark behind each row, one turn for each. */
  private static List<Long> watermarks(Slack slack, long... rowtimes) {
    SourceTimeline timeline = new SourceTimeline(slack);
    List<Long> watermarks = new ArrayList<>();
    for (long rowtime : rowtimes) {
      timeline.beginEvent(0, new long[] {rowtime}, 1);
      watermarks.add(timeline.last());
    }
    return watermarks;
  }
}
