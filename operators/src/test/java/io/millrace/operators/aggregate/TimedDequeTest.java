package io.millrace.operators.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import io.millrace.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimedDequeTest {
  /** A value that comes, or the first to leave if it is negative. */
  private record Step(int value, int time) {
    static Step random(Random random) {
      return new Step(random.nextInt(3) == 0 ? -1 : random.nextInt(8), random.nextInt(10));
    }

    String text() {
      return Integer.toString(value);
    }
  }

  @Test
  void shouldHoldWhatRecomputationGivesWhenValuesComeInAnyOrder() {
    Property.check(300, 60, Step::random, this::check);
  }

  private void check(List<Step> steps) {
    TimedDeque longs = new TimedDeque();
    TimedObjectDeque least = new TimedObjectDeque();
    TimedObjectDeque greatest = new TimedObjectDeque();
    StateCodec<TimedObjectDeque> codec = TimedObjectDeque.codec(DataType.STRING, DataType.INT);
    List<Step> there = new ArrayList<>();
    for (Step step : steps) {
      if (step.value() >= 0) {
        there.add(step);
        there.sort(Comparator.comparingInt(Step::time));
        longs.add(step.value(), step.time());
        least.addForMinimum(step.text(), (long) step.time(), step.time());
        greatest.addForMaximum(step.text(), (long) step.time(), step.time());
      } else if (!there.isEmpty()) {
        Step first = there.remove(0);
        longs.remove(first.value());
        least.remove(first.text());
        greatest.remove(first.text());
      }
      longs = restored(TimedDeque.CODEC, longs);
      least = restored(codec, least);
      greatest = restored(codec, greatest);
      assertThat(longs.isEmpty()).isEqualTo(there.isEmpty());
      assertThat(least.isEmpty()).isEqualTo(there.isEmpty());
      if (!there.isEmpty()) {
        List<Integer> values = there.stream().map(Step::value).toList();
        assertThat(longs.first()).isEqualTo(Collections.min(values).longValue());
        assertThat(least.first()).isEqualTo(Collections.min(values).toString());
        assertThat(greatest.first()).isEqualTo(Collections.max(values).toString());
        assertThat(least.carried()).isEqualTo(timeOf(Collections.min(values), there));
        assertThat(greatest.carried()).isEqualTo(timeOf(Collections.max(values), there));
      }
    }
  }

  /** The time of the first step of a value. */
  private static long timeOf(int value, List<Step> there) {
    return there.stream().filter(step -> step.value() == value).findFirst().orElseThrow().time();
  }

  private static <T> T restored(StateCodec<T> codec, T value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(value, new DataOutputStream(bytes));
      return codec.read(1, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldHoldFewValuesWhenTheyRise() {
    TimedDeque deque = new TimedDeque();
    for (int i = 0; i < 1_000; i++) {
      deque.add(i, i);
      if (i >= 10) {
        deque.remove(i - 10);
      }
    }

    assertThat(deque.size()).isEqualTo(10);
    assertThat(deque.first()).isEqualTo(990);
  }
}
