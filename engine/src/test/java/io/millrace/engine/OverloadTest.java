package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs see that send rows while another thread's rows are worked off. */
final class OverloadTest {
  private static final String SCRIPT =
      "CREATE STREAM Readings (n BIGINT);"
          + "CREATE TABLE Limits (n BIGINT PRIMARY KEY);"
          + "CREATE STREAM Copies AS SELECT n FROM Readings;";

  private final Engine engine = Engine.builder().clock(new VirtualClock(0)).build();
  private final List<Object> copies = new ArrayList<>();

  @AfterEach
  void close() {
    engine.close();
  }

  private Job job(String overload, String wait) {
    Job job =
        engine.deploy(
            Deployment.of(SCRIPT)
                .named("busy")
                .withSetting("overload", overload)
                .withSetting("overload.wait", wait));
    job.output("Copies").subscribe(row -> copies.add(row.get("n")));
    return job;
  }

  private static Map<String, Object> row(long n) {
    return Map.of("n", n);
  }

  @Test
  void shouldRefuseRowsWhenAnotherThreadsRowsTakeTooLong() {
    Job job = job("refuse", "0 s");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
    Input<Map<String, ? extends @Nullable Object>> limits = job.input("Limits");
    try (Busy busy = new Busy(job)) {
      OverloadException refusal =
          catchThrowableOfType(OverloadException.class, () -> input.send(row(1)));
      assertThat(refusal.message())
          .isEqualTo(
              "job 'busy' is overloaded: rows for 'Readings' have waited 0 ms for those of other"
                  + " threads ('overload.wait'); none of them was taken, send them again later");
      assertThatThrownBy(() -> input.sendAll(List.of(row(2), row(3))))
          .isInstanceOf(OverloadException.class);
      assertThatThrownBy(() -> input.sendAll(List.of(row(4)), new long[] {7}))
          .isInstanceOf(OverloadException.class);
      assertThatThrownBy(() -> input.sendAll(List.of(row(5)).toArray(Map[]::new), 0, 1))
          .isInstanceOf(OverloadException.class);
      assertThatThrownBy(() -> limits.delete(row(6), 0)).isInstanceOf(OverloadException.class);
    }
    input.send(row(7));

    assertThat(copies).containsExactly(0L, 7L);
    assertThat(job.metrics().rowsIn()).isEqualTo(Map.of("Readings", 2L, "Limits", 0L));
    assertThat(job.metrics().totalShed()).isZero();
  }

  @Test
  void shouldRefuseRowsWhenTheyHaveWaited() {
    Job job = job("refuse", "3 ms");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
    try (Busy busy = new Busy(job)) {
      assertThatThrownBy(() -> input.send(row(1)))
          .isInstanceOf(OverloadException.class)
          .hasMessageContaining("have waited 3 ms");
    }
    assertThat(copies).containsExactly(0L);
  }

  @Test
  void shouldTakeRowsWhenOthersAreDoneInTime() throws InterruptedException {
    Job job = job("refuse", "100 DAYS");
    Thread sender;
    try (Busy busy = new Busy(job)) {
      sender = new Thread(() -> job.input("Readings").sendAll(List.of(row(1), row(2))));
      sender.start();
      awaitSleep(sender);
    }
    sender.join();

    assertThat(copies).containsExactly(0L, 1L, 2L);
  }

  @Test
  void shouldLeaveRowsOutAndCountThemWhenTheyAreShed() {
    Job job = job("shed", "0 s");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
    try (Busy busy = new Busy(job)) {
      input.send(row(1));
      input.sendAll(List.of(row(2), row(3)));
      input.sendAll(List.of(row(4), row(5)), new long[] {7, 8});
      input.send(row(6), 9);
    }
    input.send(row(7));

    assertThat(copies).containsExactly(0L, 7L);
    assertThat(job.metrics().shed()).isEqualTo(Map.of("Readings", 6L));
    assertThat(job.metrics().totalShed()).isEqualTo(6);
    assertThat(job.metrics().totalIn()).isEqualTo(2);
  }

  @Test
  void shouldNeverShedRowsOfTables() throws InterruptedException {
    Job job = job("shed", "0 s");
    Thread sender;
    try (Busy busy = new Busy(job)) {
      sender = new Thread(() -> job.input("Limits").send(row(1)));
      sender.start();
      awaitSleep(sender);
    }
    sender.join();

    assertThat(job.metrics().rowsIn()).isEqualTo(Map.of("Readings", 1L, "Limits", 1L));
    assertThat(job.metrics().totalShed()).isZero();
  }

  @Test
  void shouldTellWhetherRowsWereTakenWhenTheyAreTried() {
    for (String overload : List.of("block", "refuse", "shed")) {
      copies.clear();
      try (Job job = job(overload, "100 DAYS")) {
        Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
        try (Busy busy = new Busy(job)) {
          assertThat(input.trySend(row(1), Duration.ZERO)).isFalse();
          assertThat(input.trySend(row(2), Duration.ofMillis(2))).isFalse();
          assertThat(input.trySend(row(3), 5, Duration.ZERO)).isFalse();
          assertThat(input.trySendAll(List.of(row(4), row(5)), Duration.ZERO)).isFalse();
        }
        assertThat(input.trySend(row(6), Duration.ZERO)).isTrue();
        assertThat(input.trySendAll(List.of(row(7), row(8)), Duration.ZERO)).isTrue();

        assertThat(copies).containsExactly(0L, 6L, 7L, 8L);
        assertThat(job.metrics().totalShed()).isZero();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"block", "refuse", "shed"})
  void shouldGoOnceThroughRowsThatAreSentTogether(String mode) {
    Job job = job(mode, "0 s");
    Iterator<Map<String, ? extends @Nullable Object>> once =
        List.<Map<String, ? extends @Nullable Object>>of(row(1), row(2)).iterator();

    job.input("Readings").sendAll(() -> once);

    assertThat(copies).containsExactly(1L, 2L);
  }

  @Test
  void shouldTakeWhatSubscribersSendWhenRowsAreRefused() {
    Job job = job("refuse", "0 s");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
    job.output("Copies")
        .subscribe(
            copy -> {
              long n = (Long) Objects.requireNonNull(copy.get("n"));
              if (n < 3) {
                input.send(row(n + 1));
                assertThat(input.trySend(row(n + 10), Duration.ZERO)).isTrue();
              }
            });
    input.send(row(2));

    assertThat(copies).containsExactly(2L, 3L, 12L);
  }

  @Test
  void shouldGiveTheSenderFailuresOfItsRowsWhenRowsAreRefused() {
    Job job = job("refuse", "0 s");
    Input<Map<String, ? extends @Nullable Object>> input = job.input("Readings");
    IllegalStateException failure = new IllegalStateException("of the subscriber");
    job.output("Copies")
        .subscribe(
            copy -> {
              throw failure;
            });

    assertThatThrownBy(() -> input.send(row(1))).isSameAs(failure);
    assertThatThrownBy(() -> input.trySend(row(2), Duration.ZERO)).isSameAs(failure);
  }

  private static void awaitSleep(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  /** Another thread, whose row 0 is worked off until this is closed. */
  private static final class Busy implements AutoCloseable {
    private final CountDownLatch end = new CountDownLatch(1);
    private final Subscription subscription;
    private final Thread thread;

    Busy(Job job) {
      CountDownLatch begun = new CountDownLatch(1);
      subscription =
          job.output("Copies")
              .subscribe(
                  copy -> {
                    begun.countDown();
                    await(end);
                  });
      thread = new Thread(() -> job.input("Readings").send(row(0)));
      thread.start();
      await(begun);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      end.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      subscription.close();
    }
  }
}
