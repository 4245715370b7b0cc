package io.millrace.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MergeRetriesTest {
  private final VirtualClock clock = new VirtualClock();
  private final MergeRetries retries = new MergeRetries(clock);

  @Test
  void shouldTryAgainLaterAndLaterWhenItFails() {
    assertThat(retries.mayTry("a")).isTrue();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      retries.failed("a", "no room");
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(retries.mayTry("a")).isFalse();
      clock.advance(Duration.ofNanos(1));
      assertThat(retries.mayTry("a")).isTrue();
    }
    retries.succeeded("a");
    retries.failed("a", "no room");
    clock.advance(Duration.ofSeconds(1));
    assertThat(retries.mayTry("a")).isTrue();
  }

  @Test
  void shouldTryOthersWhenOneFails() {
    retries.failed("a", "damaged");

    assertThat(retries.mayTry("a")).isFalse();
    assertThat(retries.mayTry("b")).isTrue();
    assertThat(retries.failures("a")).isEqualTo(1);
    assertThat(retries.failures("b")).isZero();
  }

  @Test
  void shouldTryNoneForAWhileWhenSeveralFailUntilOneDoesNot() {
    retries.failed("a", "no room");
    retries.failed("b", "no room");
    assertThat(retries.mayTry("c")).isFalse();
    clock.advance(Duration.ofSeconds(1));
    retries.failed("c", "no room");
    clock.advance(Duration.ofSeconds(2).minusNanos(1));
    assertThat(retries.mayTry("d")).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(retries.mayTry("d")).isTrue();

    retries.succeeded("d");
    retries.failed("a", "damaged");
    clock.advance(Duration.ofSeconds(1));
    assertThat(retries.mayTry("d")).isTrue();
    assertThat(retries.mayTry("a")).isFalse();
  }

  @Test
  void shouldSayEachCauseOnceAndThenEveryTenMinutes() {
    assertThat(retries.failed("a", "no room")).isTrue();
    clock.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(retries.failed("b", "no room")).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(retries.failed("a", "no room")).isTrue();
    assertThat(retries.failed("a", "no right")).isTrue();
    assertThat(retries.failed("b", "no right")).isFalse();
    assertThat(retries.failed("b", "no room")).isFalse();
  }

  @Test
  void shouldSayThatItWorksAgainOnceWhenNothingFails() {
    assertThat(retries.succeeded("a")).isFalse();
    retries.failed("a", "no room");
    retries.failed("b", "no room");
    assertThat(retries.succeeded("c")).isFalse();
    assertThat(retries.succeeded("a")).isFalse();
    assertThat(retries.succeeded("b")).isTrue();
    assertThat(retries.succeeded("b")).isFalse();
    assertThat(retries.failed("a", "no room")).isTrue();
  }
}
