package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetimedTimelineTest {
  private static final long[] ROWS = {10, 20, 30};

  private final SourceTimeline input = new SourceTimeline();
  private final Moments moments = new Moments();
  private final Set<Integer> idle = new HashSet<>();
  private final Set<Integer> ended = new HashSet<>();

  private RetimedTimeline timeline(long slack, int partitions) {
    return timeline(new Slack.Fixed(slack), partitions);
  }

  private RetimedTimeline timeline(Slack slack, int partitions) {
    return new RetimedTimeline(
        input, slack, partitions, idle::contains, ended::contains, Moments.NONE, 1);
  }

  /** One whose rows are brought about by time. */
  private RetimedTimeline timelineByTime(int partitions) {
    return timelineByTime(partitions, 1);
  }

  private RetimedTimeline timelineByTime(int partitions, int parts) {
    return new RetimedTimeline(
        input, Slack.NONE, partitions, idle::contains, ended::contains, moments, parts);
  }

  private void begin(RetimedTimeline timeline) {
    input.beginEvent(0, ROWS, ROWS.length);
    timeline.begin();
  }

  @Test
  void shouldMoveAtTheAdvanceBehindEachRow() {
    RetimedTimeline timeline = timeline(5, 1);
    begin(timeline);
    timeline.add(0, Timeline.ofRow(0), Timeline.END, 100);
    timeline.add(0, Timeline.ofRow(1), Timeline.END, 90);
    timeline.add(0, Timeline.ofAdvance(2), Timeline.END, 200);
    timeline.add(0, Timeline.ofRow(2), Timeline.END, 300);
    timeline.complete();
    assertThat(timeline.before(0)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.before(1)).isEqualTo(95);
    assertThat(timeline.before(2)).isEqualTo(195);
    assertThat(timeline.last()).isEqualTo(295);
    assertThat(timeline.firstReaching(95, 0)).isEqualTo(1);
    assertThat(timeline.firstReaching(96, 0)).isEqualTo(2);
    assertThat(timeline.firstReaching(96, 3)).isEqualTo(3);
    assertThat(timeline.firstReaching(296, 0)).isEqualTo(ROWS.length + 1);
    timeline.end();
    begin(timeline);
    assertThat(timeline.beforeFirst()).isEqualTo(295);
    assertThat(timeline.before(0)).isEqualTo(295);
    assertThat(timeline.firstReaching(290, 1)).isEqualTo(1);
  }

  @Test
  void shouldBeTheSmallestOfItsPartitionsButForIdleOnes() {
    RetimedTimeline timeline = timeline(0, 2);
    begin(timeline);
    timeline.add(0, Timeline.ofRow(0), Timeline.END, 100);
    timeline.add(1, Timeline.ofRow(1), Timeline.END, 70);
    timeline.complete();
    assertThat(timeline.before(1)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.last()).isEqualTo(70);
    assertThat(timeline.latenessOf(0).last()).isEqualTo(100);
    timeline.end();
    idle.add(1);
    begin(timeline);
    assertThat(timeline.last()).isEqualTo(100);
    timeline.end();
    idle.clear();
    begin(timeline);
    timeline.add(1, Timeline.ofRow(0), Timeline.END, 80);
    timeline.complete();
    assertThat(timeline.last()).isEqualTo(100);
    assertThat(timeline.latenessOf(1).before(1)).isEqualTo(100);
  }

  @Test
  void shouldStayBehindAsSourceOfTheSameRowsWithAdaptiveSlack() {
    long[] times = {700, 650, 760, 720, 900, 640, 1_000};
    for (Slack slack :
        List.of(
            new Slack.Adaptive(Long.MAX_VALUE),
            new Slack.Adaptive(40),
            new Slack.Quality(0.8, Long.MAX_VALUE))) {
      RetimedTimeline timeline = timeline(slack, 1);
      SourceTimeline source = new SourceTimeline(slack);
      source.beginEvent(0, times, times.length);
      input.beginEvent(0, times, times.length);
      timeline.begin();
      for (int i = 0; i < times.length; i++) {
        timeline.add(0, Timeline.ofRow(i), Timeline.END, times[i]);
      }
      timeline.complete();
      for (int i = 0; i <= times.length; i++) {
        assertThat(timeline.before(i)).isEqualTo(source.before(i));
      }
      assertThat(timeline.measured(0)).isEqualTo(source.measured());
    }
  }

  @Test
  void shouldEndWithItsSource() {
    RetimedTimeline timeline = timeline(0, 1);
    begin(timeline);
    timeline.add(0, Timeline.ofRow(0), Timeline.END, 100);
    timeline.end();
    ended.add(0);
    input.beginAdvance(0, Timeline.END);
    timeline.begin();
    assertThat(timeline.beforeFirst()).isEqualTo(100);
    timeline.add(0, Timeline.ofAdvance(0), Moments.ofDeadline(7), 200);
    assertThat(timeline.last()).isEqualTo(200);
    timeline.complete();
    assertThat(timeline.last()).isEqualTo(Timeline.END);
  }

  /** One step of the sources, which brings rows of three moments. */
  @Test
  void shouldHaveReachedWhatRowsOfEarlierMomentsHaveMovedItTo() {
    RetimedTimeline timeline = timelineByTime(1);
    input.beginAdvance(0, 50);
    timeline.begin();
    long first = Moments.ofDeadline(10);
    long second = Moments.ofRow(10);
    long third = Moments.ofDeadline(30);
    timeline.add(0, 0, first, 500);
    timeline.add(0, 0, first, 600);
    timeline.add(0, 0, second, 550);
    timeline.add(0, 0, third, 900);
    timeline.complete();

    assertThat(timeline.reachedBefore(0, first, moments)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.reachedBefore(0, second, moments)).isEqualTo(600);
    assertThat(timeline.reachedBefore(0, third, moments)).isEqualTo(600);
    assertThat(timeline.reachedBefore(0, Moments.ofDeadline(31), moments)).isEqualTo(900);
    assertThat(timeline.seenAt(0, first)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.seenAt(0, third)).isEqualTo(600);

    long due = timeline.momentOfDeadline(550, 0);
    assertThat(moments.compare(first, due)).isNegative();
    assertThat(moments.compare(due, timeline.momentOfRow(550, 0))).isNegative();
    assertThat(moments.compare(timeline.momentOfRow(550, 0), second)).isNegative();
    assertThat(moments.compare(third, timeline.momentOfDeadline(601, 0))).isNegative();
    assertThat(timeline.reachedBefore(0, due, moments)).isEqualTo(549);
    assertThat(timeline.reachedBefore(0, timeline.momentOfRow(550, 0), moments)).isEqualTo(550);
    assertThat(timeline.seenAt(0, due)).isEqualTo(Timeline.NEVER);
    assertThat(new LaggingTimeline(timeline, 40).momentOfDeadline(510, 0)).isEqualTo(due);
    assertThat(new LaggingTimeline(timeline, 40).reachedBefore(0, due, moments)).isEqualTo(509);
  }

  /** The row that has moved time comes behind all that the advance has brought about. */
  @Test
  void shouldNotHaveSeenTheRowThatHasMovedTime() {
    RetimedTimeline timeline = timelineByTime(1);
    begin(timeline);
    long first = Moments.ofDeadline(10);
    long second = Moments.ofDeadline(15);
    timeline.add(0, Timeline.ofRow(0), Timeline.END, 900);
    timeline.add(0, Timeline.ofAdvance(1), first, 500);
    timeline.add(0, Timeline.ofAdvance(1), second, 400);
    timeline.add(0, Timeline.ofRow(1), Timeline.END, 950);
    timeline.complete();

    assertThat(timeline.seenAt(Timeline.ofAdvance(1), first)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.seenAt(Timeline.ofAdvance(1), second)).isEqualTo(500);
    assertThat(timeline.reachedBefore(Timeline.ofAdvance(1), second, moments)).isEqualTo(500);
    assertThat(timeline.before(1)).isEqualTo(900);
    assertThat(timeline.firstReaching(501, 0)).isEqualTo(1);
    assertThat(timeline.last()).isEqualTo(950);

    long behind = timeline.momentOfDeadline(501, Timeline.ofAdvance(2));
    assertThat(behind).isEqualTo(moments.following(Timeline.NEVER, Moments.ofDeadline(501)));
    long byFirst = timeline.momentOfDeadline(450, Timeline.ofAdvance(1));
    long byRow = timeline.momentOfDeadline(501, Timeline.ofAdvance(1));
    assertThat(byFirst).isEqualTo(moments.following(first, Moments.ofDeadline(450)));
    assertThat(byRow).isEqualTo(moments.following(Timeline.END, Moments.ofDeadline(501)));
    assertThat(moments.compare(second, byRow)).isNegative();
    assertThat(timeline.reachedBefore(Timeline.ofAdvance(1), byRow, moments)).isEqualTo(500);
    assertThat(timeline.seenAt(Timeline.ofAdvance(1), byRow)).isEqualTo(500);
  }

  /** Of rows beside those that they have brought about, in a stream of a stream. */
  @Test
  void shouldNotHaveSeenTheRowThatIsFollowed() {
    RetimedTimeline timeline = timelineByTime(1, 2);
    input.beginAdvance(0, 50);
    timeline.begin();
    long row = Moments.ofDeadline(10);
    long first = moments.following(row, Moments.ofDeadline(600));
    long second = moments.following(row, Moments.ofDeadline(700));
    long next = Moments.ofDeadline(20);
    timeline.add(0, 0, row, 5_000);
    timeline.add(0, 0, first, 100);
    timeline.add(0, 0, second, 90);
    timeline.add(0, 0, next, 60);
    timeline.complete();

    assertThat(timeline.seenAt(0, row)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.seenAt(0, first)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.seenAt(0, second)).isEqualTo(100);
    assertThat(timeline.seenAt(0, next)).isEqualTo(5_000);
    long byRow = timeline.momentOfDeadline(101, 0);
    assertThat(List.of(row, timeline.momentOfDeadline(100, 0), second, byRow, next))
        .isSortedAccordingTo(moments::compare);
    assertThat(timeline.reachedBefore(0, byRow, moments)).isEqualTo(100);
    assertThat(timeline.reachedBefore(0, next, moments)).isEqualTo(5_000);
  }

  /** A row may send several at its position, each at a moment of its own. */
  @Test
  void shouldHaveSeenRowsOfEarlierMomentsOfOnePosition() {
    for (Slack slack : List.of(Slack.NONE, new Slack.Adaptive(0))) {
      RetimedTimeline timeline =
          new RetimedTimeline(input, slack, 1, idle::contains, ended::contains, new Moments(), 1);
      begin(timeline);
      long first = Moments.ofDeadline(10);
      long second = Moments.ofDeadline(12);
      timeline.add(0, Timeline.ofRow(0), first, 300);
      timeline.add(0, Timeline.ofRow(0), second, 200);
      timeline.add(0, Timeline.ofRow(0), Timeline.END, 400);
      timeline.add(0, Timeline.ofAdvance(1), first, 250);
      timeline.complete();

      assertThat(timeline.seenAt(Timeline.ofRow(0), first)).isEqualTo(Timeline.NEVER);
      assertThat(timeline.seenAt(Timeline.ofRow(0), second)).isEqualTo(300);
      assertThat(timeline.seenAt(Timeline.ofRow(0), Timeline.END)).isEqualTo(300);
      assertThat(timeline.seenAt(Timeline.ofAdvance(1), second)).isEqualTo(250);
      assertThat(timeline.before(1)).isEqualTo(400);
    }
  }

  /** The partition that is behind is there at a later advance, though at an earlier moment. */
  @Test
  void shouldFollowThePartitionThatIsThereLast() {
    RetimedTimeline timeline = timelineByTime(2);
    begin(timeline);
    long earlier = Moments.ofDeadline(20);
    long later = Moments.ofDeadline(10);
    timeline.add(0, Timeline.ofAdvance(0), earlier, 500);
    timeline.add(1, Timeline.ofAdvance(1), later, 400);
    timeline.complete();

    assertThat(timeline.momentOfDeadline(300, Timeline.ofAdvance(1)))
        .isEqualTo(moments.following(later, 600));
  }

  /** Beside a source, too, whose moments are of one part. */
  @Test
  void shouldFollowTheInputThatIsThereLast() {
    RetimedTimeline timeline = timelineByTime(1);
    begin(timeline);
    long row = Moments.ofDeadline(2);
    timeline.add(0, Timeline.ofAdvance(2), row, 400);
    timeline.complete();
    MergedTimeline merged = new MergedTimeline(2, input);
    merged.begin(List.of(input, timeline));

    int code = Timeline.ofAdvance(2);
    assertThat(input.firstReaching(8, 0)).isEqualTo(1);
    assertThat(merged.momentOfDeadline(8, code)).isEqualTo(moments.following(row, 16));
    assertThat(merged.momentOfDeadline(8, Timeline.ofAdvance(3)))
        .isEqualTo(moments.following(Timeline.NEVER, 16));
  }

  @Test
  void shouldFollowThePartitionThatIsBehind() {
    RetimedTimeline timeline = timelineByTime(2);
    input.beginAdvance(0, 50);
    timeline.begin();
    long first = Moments.ofDeadline(10);
    long second = Moments.ofDeadline(30);
    timeline.add(0, 0, first, 500);
    timeline.add(1, 0, second, 400);
    timeline.complete();

    assertThat(timeline.momentOfDeadline(300, 0)).isEqualTo(moments.following(second, 600));
    assertThat(timeline.reachedBefore(0, second, moments)).isEqualTo(Timeline.NEVER);
    assertThat(timeline.reachedBefore(0, Moments.ofDeadline(31), moments)).isEqualTo(400);
    assertThat(timeline.latenessOf(0).seenAt(0, second)).isEqualTo(500);
  }

  @Test
  void shouldGoOnFromWhatItsOperatorKept() {
    RetimedTimeline timeline = timeline(0, 2);
    timeline.keptBy(
        new RetimedTimeline.Keeper() {
          @Override
          public long reached(int partition) {
            return 100L * (partition + 1);
          }

          @Override
          public long reached() {
            return 150;
          }

          @Override
          public long[] measured(int partition) {
            return new long[0];
          }
        });
    timeline.restore();
    begin(timeline);
    assertThat(timeline.before(0)).isEqualTo(150);
    assertThat(timeline.latenessOf(1).before(0)).isEqualTo(200);
  }
}
