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
    assertThat(retries.mayTry()).isTrue();
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
      retries.failed("no room");
      clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
      assertThat(retries.mayTry()).isFalse();
      clock.advance(Duration.ofNanos(1));
      assertThat(retries.mayTry()).isTrue();
    }
    retries.succeeded();
    retries.failed("no room");
    clock.advance(Duration.ofSeconds(1));
    assertThat(retries.mayTry()).isTrue();
  }

  @Test
  void shouldSayEachCauseOnceAndThenEveryTenMinutes() {
    assertThat(retries.failed("no room")).isTrue();
    clock.advance(Duration.ofMinutes(10).minusNanos(1));
    assertThat(retries.failed("no room")).isFalse();
    clock.advance(Duration.ofNanos(1));
    assertThat(retries.failed("no room")).isTrue();
    assertThat(retries.failed("no right")).isTrue();
    assertThat(retries.failed("no right")).isFalse();
  }

  @Test
  void shouldSayThatItWorksAgainOnce() {
    assertThat(retries.succeeded()).isFalse();
    retries.failed("no room");
    assertThat(retries.succeeded()).isTrue();
    assertThat(retries.succeeded()).isFalse();
    assertThat(retries.failed("no room")).isTrue();
  }
}
