package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldTimelineTest {
  private final SourceTimeline own = new SourceTimeline();
  private final SourceTimeline other = new SourceTimeline();
  private final MergedTimeline all = new MergedTimeline(2, own);
  private final HeldTimeline held = new HeldTimeline(all, List.of(own, other));
  private boolean isHolding;

  HeldTimelineTest() {
    held.heldBy(
        new HeldTimeline.Holder() {
          @Override
          public boolean isHolding() {
            return isHolding;
          }

          @Override
          public long watermark() {
            return 15;
          }
        });
  }

  @Test
  void shouldFollowTheFirstInputUntilItStands() {
    ownTurn(10, 20, 30);
    held.stand(2, 15);

    assertThat(List.of(held.before(0), held.before(1), held.before(2), held.before(3)))
        .containsExactly(Timeline.NEVER, 10L, 15L, 15L);
    assertThat(held.last()).isEqualTo(15);
    assertThat(held.firstReaching(10, 0)).isEqualTo(1);
    assertThat(held.firstReaching(15, 0)).isEqualTo(2);
    assertThat(held.firstReaching(16, 0)).isEqualTo(4);
  }

  /** What waits for marks beside does not say when it goes on. */
  @Test
  void shouldCountMomentsAsTheFirstInputDoes() {
    Timeline lagging = new LaggingTimeline(own, 30);
    HeldTimeline ofLagging = new HeldTimeline(all, List.of(lagging, other));

    assertThat(ofLagging.toOrigin(100)).isEqualTo(130);
    assertThat(ofLagging.fromOrigin(130)).isEqualTo(Timeline.NEVER);
    assertThat(new OriginTimeline(ofLagging).toOrigin(100)).isEqualTo(130);
    assertThat(new OriginTimeline(ofLagging).fromOrigin(130)).isEqualTo(100);
    assertThat(new OriginTimeline(ofLagging).fromOrigin(Timeline.NEVER)).isEqualTo(Timeline.NEVER);
    assertThat(new OriginTimeline(ofLagging).fromOrigin(Timeline.NEVER + 2))
        .isEqualTo(Timeline.NEVER + 1);
    assertThat(new OriginTimeline(ofLagging).fromOrigin(Timeline.END)).isEqualTo(Timeline.END);
  }

  @Test
  void shouldStandAcrossTurnsAndGoOnInThoseOfOthers() {
    ownTurn(10, 20, 30);
    held.stand(2, 15);
    held.end();
    isHolding = true;

    otherTurn(100, 200);
    assertThat(held.last()).isEqualTo(15);
    assertThat(held.own(-1)).isEqualTo(30);
    held.follow(1);
    assertThat(List.of(held.before(0), held.before(1), held.before(2)))
        .containsExactly(15L, 30L, 30L);
    held.end();
    isHolding = false;

    otherTurn(300);
    assertThat(held.before(0)).isEqualTo(30);
    assertThat(held.own(-1)).isEqualTo(30);
  }

  @Test
  void shouldNotBeIdleWhileRowsAreHeld() {
    own.beginIdle(0);
    isHolding = true;
    assertThat(held.isIdle()).isFalse();
    isHolding = false;
    assertThat(held.isIdle()).isTrue();
  }

  @Test
  void shouldSayWhichInputsNeedNotBeWaitedFor() {
    other.beginEvent(0, new long[] {1}, 1);
    assertThat(held.isSilent(1)).isFalse();
    other.beginIdle(4);
    assertThat(held.isSilent(1)).isTrue();
    other.beginEvent(6, new long[] {2}, 1);
    assertThat(held.isSilent(1)).isFalse();
    other.beginAdvance(10, Timeline.END);
    assertThat(held.isSilent(1)).isTrue();
  }

  private void ownTurn(long... times) {
    own.beginEvent(0, times, times.length);
    all.begin(Arrays.asList(own, null));
    held.begin(true);
  }

  private void otherTurn(long... times) {
    all.end();
    other.beginEvent(0, times, times.length);
    all.begin(Arrays.asList(null, other));
    held.begin(false);
  }
}
