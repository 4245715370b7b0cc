package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowingTimelineTest {
  private final SourceTimeline own = new SourceTimeline();
  private final SourceTimeline other = new SourceTimeline();
  private final MergedTimeline merged = new MergedTimeline(2, own, true);
  private final FollowingTimeline following = new FollowingTimeline(own, merged, 0);

  @Test
  void shouldBeTheInputsOwnWhileThatSpeaks() {
    otherTurn(100);
    assertThat(following.last()).isEqualTo(Timeline.NEVER);

    own.beginEvent(8, new long[] {10, 20, 30}, 3);
    begin(own, null);
    assertThat(List.of(following.before(0), following.before(1), following.before(3)))
        .containsExactly(Timeline.NEVER, 10L, 30L);
    assertThat(following.firstReaching(20, 0)).isEqualTo(2);
    assertThat(following.firstReaching(31, 0)).isEqualTo(4);
    assertThat(following.isIdle()).isFalse();
  }

  @Test
  void shouldGoOnWithTheOthersWhileItIsSilent() {
    ownTurn(50);
    otherTurn(10);
    ownSilence();
    assertThat(following.last()).isEqualTo(50);
    assertThat(following.isIdle()).isFalse();

    other.beginEvent(20, new long[] {40, 60, 80}, 3);
    begin(null, other);
    assertThat(
            List.of(
                following.before(0), following.before(1), following.before(2), following.before(3)))
        .containsExactly(50L, 50L, 60L, 80L);
    assertThat(following.firstReaching(51, 0)).isEqualTo(2);
    assertThat(following.firstReaching(50, 1)).isEqualTo(1);
  }

  @Test
  void shouldStayWhereItWasWhenTheInputSpeaksAgain() {
    ownTurn(10);
    ownSilence();
    otherTurn(80);

    ownTurn(30, 90);
    assertThat(following.last()).isEqualTo(90);
    own.beginEvent(40, new long[] {91}, 1);
    begin(own, null);
    assertThat(following.before(0)).isEqualTo(90);
    merged.end();
    otherTurn(200);
    assertThat(following.last()).isEqualTo(91);
  }

  @Test
  void shouldHoldWhatItHasReachedUntilTheInputHasCaughtUp() {
    ownTurn(10);
    ownSilence();
    otherTurn(80);

    ownTurn(30);
    otherTurn(100);
    assertThat(following.last()).isEqualTo(80);
    ownTurn(85);
    assertThat(following.last()).isEqualTo(85);
  }

  @Test
  void shouldStayBehindOthersThatAreHeld() {
    FollowingTimeline behind = new FollowingTimeline(own, merged, 15);
    ownTurn(10);
    ownSilence();
    other.beginEvent(20, new long[] {20, 60}, 2);
    begin(null, other);
    assertThat(List.of(behind.before(0), behind.before(1), behind.before(2)))
        .containsExactly(10L, 10L, 45L);
    assertThat(behind.firstReaching(45, 0)).isEqualTo(2);
  }

  @Test
  void shouldBeIdleWhereNoneIsLeftToFollow() {
    ownTurn(10);
    otherTurn(80);
    ownSilence();
    other.beginIdle(30);
    begin(null, other);
    assertThat(following.isIdle()).isTrue();
    assertThat(following.last()).isEqualTo(80);
  }

  @Test
  void shouldNotBeIdleWhenTheInputHasEnded() {
    otherTurn(80);
    other.beginIdle(30);
    begin(null, other);
    merged.end();
    own.beginAdvance(40, Timeline.END);
    begin(own, null);
    assertThat(following.isIdle()).isFalse();
    assertThat(following.last()).isEqualTo(Timeline.END);
  }

  @Test
  void shouldBeIdleAtItsOwnTimeWhenTheOthersHaveEnded() {
    ownTurn(10);
    other.beginAdvance(40, Timeline.END);
    begin(null, other);
    merged.end();
    ownSilence();
    assertThat(following.isIdle()).isTrue();
    assertThat(following.last()).isEqualTo(10);
  }

  private void ownTurn(long... rowtimes) {
    own.beginEvent(8, rowtimes, rowtimes.length);
    begin(own, null);
    merged.end();
  }

  private void ownSilence() {
    own.beginIdle(8);
    begin(own, null);
    merged.end();
  }

  private void otherTurn(long... rowtimes) {
    other.beginEvent(8, rowtimes, rowtimes.length);
    begin(null, other);
    merged.end();
  }

  private void begin(@Nullable SourceTimeline first, @Nullable SourceTimeline second) {
    merged.begin(Arrays.asList(first, second));
    following.begin(first != null);
  }
}
