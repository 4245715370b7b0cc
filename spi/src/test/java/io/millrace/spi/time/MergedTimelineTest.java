package io.millrace.spi.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MergedTimelineTest {
  private final SourceTimeline first = new SourceTimeline();
  private final SourceTimeline second = new SourceTimeline();
  private final MergedTimeline merged = new MergedTimeline(2, first, true);

  @Test
  void shouldLeaveOutAnIdleInputUntilItSpeaks() {
    turn(first, 10);
    turn(second, 50, 60);
    assertThat(merged.last()).isEqualTo(10);

    idle(first);
    assertThat(merged.last()).isEqualTo(60);
    turn(second, 70);
    assertThat(merged.last()).isEqualTo(70);

    turn(first, 65);
    assertThat(merged.last()).isEqualTo(70);
    turn(second, 90);
    assertThat(merged.last()).isEqualTo(70);
    turn(first, 80);
    assertThat(merged.last()).isEqualTo(80);
  }

  @Test
  void shouldTakeTheGreatestWhenAllAreIdle() {
    turn(first, 10);
    turn(second, 50);
    idle(second);
    assertThat(merged.last()).isEqualTo(10);
    assertThat(merged.isIdle()).isFalse();
    idle(first);
    assertThat(merged.last()).isEqualTo(50);
    assertThat(merged.isIdle()).isTrue();
  }

  /**
   * Of the ways by which a source reaches it, the one that is behind the most says when it is
   * there.
   */
  @Test
  void shouldTellTimeOfTheSourcesByTheInputOfTheTurnThatIsBehind() {
    MergedTimeline ways = new MergedTimeline(3, first);
    Timeline behind = new LaggingTimeline(first, 5);
    first.beginEvent(0, new long[] {10}, 1);
    ways.begin(Arrays.asList(first, behind, null));

    assertThat(ways.toOrigin(7)).isEqualTo(12);
    assertThat(new LaggingTimeline(ways, 3).toOrigin(7)).isEqualTo(15);
    assertThat(ways.toOrigin(Timeline.END)).isEqualTo(Timeline.END);

    ways.begin(Arrays.asList(null, null, second));
    assertThat(ways.toOrigin(7)).isEqualTo(7);
  }

  @Test
  void shouldBeIdleWithItsInputsThoughItWaitsForAll() {
    MergedTimeline waiting = new MergedTimeline(2, first);
    Timeline behind = new LaggingTimeline(first, 5);
    first.beginEvent(0, new long[] {10}, 1);
    waiting.begin(List.of(first, behind));
    waiting.end();
    assertThat(waiting.isIdle()).isFalse();

    first.beginIdle(0);
    waiting.begin(List.of(first, behind));
    assertThat(waiting.isIdle()).isTrue();
    assertThat(waiting.last()).isEqualTo(5);
    assertThat(waiting.firstReaching(6, 0)).isEqualTo(waiting.length() + 1);
  }

  @Test
  void shouldNotEndWhileAnInputIsIdle() {
    turn(first, 10);
    idle(first);
    second.beginAdvance(0, Timeline.END);
    end(second);
    assertThat(merged.last()).isEqualTo(10);
    assertThat(merged.isIdle()).isTrue();
    turn(first, 20);
    assertThat(merged.isIdle()).isFalse();
    first.beginAdvance(0, Timeline.END);
    end(first);
    assertThat(merged.last()).isEqualTo(Timeline.END);
  }

  @Test
  void shouldGoOnFromWhereItWas() {
    turn(first, 10);
    turn(second, 50);
    idle(first);
    turn(first, 20);
    MergedTimeline restored = new MergedTimeline(2, first, true);
    restored.restore(merged.reached());
    restored.begin(List.of(first, second));
    restored.end();
    assertThat(restored.last()).isEqualTo(50);
  }

  @Test
  void shouldHaveRowsLateByWhatHasGoneAhead() {
    turn(first, 10);
    turn(second, 50);
    idle(first);
    first.beginEvent(0, new long[] {20, 60, 30}, 3);
    merged.begin(Arrays.asList(first, null));
    Timeline lateness = new OvertakenTimeline(first, merged);

    assertThat(List.of(lateness.before(0), lateness.before(1), lateness.before(2)))
        .containsExactly(50L, 50L, 60L);
    assertThat(lateness.firstReaching(50, 0)).isZero();
    assertThat(lateness.firstReaching(55, 0)).isEqualTo(2);
    assertThat(lateness.firstReaching(61, 0)).isEqualTo(4);
  }

  /** Against the definition, over random turns. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldBeTheSmallestOfThoseThatAreNotIdle(long seed) {
    Random random = new Random(seed);
    List<SourceTimeline> inputs =
        List.of(new SourceTimeline(), new SourceTimeline(), new SourceTimeline());
    MergedTimeline tested = new MergedTimeline(3, inputs.get(0), true);
    long reached = Timeline.NEVER;
    for (long turn = 0; turn < 200; turn++) {
      SourceTimeline active = inputs.get(random.nextInt(3));
      if (random.nextInt(4) == 0) {
        active.beginIdle(0);
      } else {
        long[] times = random.longs(1 + random.nextInt(5), turn, turn + 20).toArray();
        active.beginEvent(0, times, times.length);
      }
      tested.begin(inputs.stream().map(it -> it == active ? it : null).toList());
      List<Long> expected = new ArrayList<>();
      for (int i = 0; i <= active.length(); i++) {
        expected.add(Math.max(reached, naive(inputs, active, i)));
        assertThat(tested.before(i)).isEqualTo(expected.get(i));
      }
      for (long time = turn - 5; time < turn + 25; time++) {
        assertThat(tested.firstReaching(time, 0)).isEqualTo(first(expected, time));
      }
      tested.end();
      reached = tested.last();
    }
  }

  private static long naive(List<SourceTimeline> inputs, SourceTimeline active, int index) {
    long smallest = Timeline.END;
    long greatest = Timeline.NEVER;
    for (SourceTimeline input : inputs) {
      long at = input == active ? input.before(index) : input.last();
      greatest = Math.max(greatest, at);
      smallest = input.isIdle() ? smallest : Math.min(smallest, at);
    }
    return inputs.stream().allMatch(SourceTimeline::isIdle) ? greatest : smallest;
  }

  private static int first(List<Long> watermarks, long time) {
    for (int i = 0; i < watermarks.size(); i++) {
      if (watermarks.get(i) >= time) {
        return i;
      }
    }
    return watermarks.size();
  }

  private void turn(SourceTimeline input, long... times) {
    input.beginEvent(0, times, times.length);
    end(input);
  }

  private void idle(SourceTimeline input) {
    input.beginIdle(0);
    end(input);
  }

  private void end(SourceTimeline input) {
    @Nullable Timeline other = null;
    merged.begin(input == first ? Arrays.asList(first, other) : Arrays.asList(other, second));
    merged.end();
  }
}
