package io.millrace.operators.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.Property;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowAssignerTest {

  /** A time and a window that it may be in. */
  private record Case(long time, long size, long offset) {}

  @Test
  void shouldAssignEachTimeToTheOneWindowAroundIt() {
    Property.check(2_000, 20, WindowAssignerTest::randomCase, cases -> cases.forEach(this::check));
  }

  private static Case randomCase(Random random) {
    long size = 1L + (random.nextBoolean() ? random.nextInt(10) : random.nextInt(100_000_000));
    long time = random.nextLong() >> random.nextInt(64);
    return new Case(time, size, Math.floorMod(random.nextLong(), size));
  }

  private void check(Case each) {
    WindowAssigner assigner = new WindowAssigner(each.size(), each.offset());
    long start = assigner.start(each.time());
    long end = assigner.end(start);

    assertThat(start).isLessThanOrEqualTo(each.time());
    assertThat(each.time() < end || each.time() == Long.MAX_VALUE).isTrue();
    if (start > Long.MIN_VALUE && end < Long.MAX_VALUE) {
      assertThat(end - start).isEqualTo(each.size());
      assertThat(Math.floorMod(start, each.size())).isEqualTo(each.offset());
    }
    assertThat(assigner.start(end - 1)).isEqualTo(start);
    if (start > Long.MIN_VALUE) {
      assertThat(assigner.end(assigner.start(start - 1))).isEqualTo(start);
    }
  }

  @Test
  void shouldCutWindowsOffAtBothEndsOfTime() {
    WindowAssigner assigner = new WindowAssigner(1000, 0);

    assertThat(assigner.start(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(assigner.end(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE + 808);
    assertThat(assigner.start(Long.MIN_VALUE + 808)).isEqualTo(Long.MIN_VALUE + 808);
    assertThat(assigner.end(assigner.start(Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void shouldRefuseWhatIsNoWindow() {
    assertThatThrownBy(() -> new WindowAssigner(0, 0)).hasMessageContaining("size 0 ms");
    assertThatThrownBy(() -> new WindowAssigner(5, 5)).hasMessageContaining("offset 5 ms");
    assertThatThrownBy(() -> new WindowAssigner(5, -1)).hasMessageContaining("offset -1 ms");
  }
}
