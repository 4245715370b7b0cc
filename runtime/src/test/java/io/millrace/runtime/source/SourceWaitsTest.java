package io.millrace.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SourceWaitsTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final int ROUNDS = 500;

  private final SourceWaits waits = new SourceWaits();

  @AfterEach
  void close() {
    waits.close();
  }

  private static Map<String, Source> all(List<SlowSource> sources) {
    Map<String, Source> all = new LinkedHashMap<>();
    sources.forEach(source -> all.put("s" + all.size(), source));
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void shouldReturnWhenAnyOfThemHasSomething(int ready) {
    List<SlowSource> sources = List.of(new SlowSource(), new SlowSource(), new SlowSource());
    for (int round = 1; round <= ROUNDS; round++) {
      sources.get(ready).something.release();
      waits.await(all(sources), LONG);

      for (SlowSource source : sources) {
        assertThat(source.users).hasValue(0);
        assertThat(source.isTwice).isFalse();
      }
    }
    assertThat(sources.get(ready).something.availablePermits()).isZero();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void shouldReturnWhenSomethingComesWhileItWaits() {
    SlowSource one = new SlowSource();
    SlowSource other = new SlowSource();
    one.whenWaiting = () -> other.something.release();

    waits.await(all(List.of(one, other)), LONG);

    assertThat(one.users).hasValue(0);
    assertThat(one.thread).isNotEqualTo(other.thread).isNotEqualTo(Thread.currentThread());
  }

  @Test
  void shouldReturnWhenNothingComesInTime() {
    List<SlowSource> sources = List.of(new SlowSource(), new SlowSource());

    waits.await(all(sources), Duration.ofMillis(20));

    assertThat(sources).allSatisfy(source -> assertThat(source.users).hasValue(0));
  }

  @Test
  void shouldWaitForASingleOneItself() {
    SlowSource source = new SlowSource();
    source.something.release();

    waits.await(all(List.of(source)), LONG);

    assertThat(source.thread).isEqualTo(Thread.currentThread());
  }

  @Test
  void shouldGiveThemBackWhenItIsInterrupted() {
    List<SlowSource> sources = List.of(new SlowSource(), new SlowSource());
    Thread waiting = Thread.currentThread();
    sources.get(1).whenWaiting = waiting::interrupt;

    waits.await(all(sources), LONG);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(sources).allSatisfy(source -> assertThat(source.users).hasValue(0));
  }

  @Test
  void shouldThrowWhatMadeOneFail() {
    SlowSource broken = new SlowSource();
    broken.failure = new IllegalStateException("broken");
    SlowSource other = new SlowSource();

    assertThatThrownBy(() -> waits.await(all(List.of(other, broken)), LONG))
        .isSameAs(broken.failure);
    assertThat(other.users).hasValue(0);
  }

  @Test
  void shouldNotFailOverWhatAnInterruptMadeFail() {
    SlowSource touchy = new SlowSource();
    touchy.whenInterrupted = new IllegalStateException("interrupted", new InterruptedException());
    SlowSource other = new SlowSource();
    touchy.whenWaiting = () -> other.something.release();

    waits.await(all(List.of(touchy, other)), LONG);

    assertThat(touchy.users).hasValue(0);
  }

  /** The next poll might know nothing of it. */
  @Test
  void shouldFailOverWhatFailsByItselfWhenAnotherOneHasSomething() {
    SlowSource broken = new SlowSource();
    broken.whenInterrupted = new IllegalStateException("no such partition");
    SlowSource other = new SlowSource();
    broken.whenWaiting = () -> other.something.release();

    assertThatThrownBy(() -> waits.await(all(List.of(broken, other)), LONG))
        .hasMessage("no such partition");
  }

  @Test
  void shouldTellOfErrors() {
    SlowSource broken = new SlowSource();
    broken.whenWaiting =
        () -> {
          throw new AssertionError("an error");
        };

    assertThatThrownBy(() -> waits.await(all(List.of(new SlowSource(), broken)), LONG))
        .hasMessageContaining("waiting for 's1' has failed")
        .hasRootCauseMessage("an error");
  }

  @Test
  void shouldLeaveNoThreadsBehind() {
    List<SlowSource> sources = List.of(new SlowSource(), new SlowSource());
    sources.get(0).something.release();
    waits.await(all(sources), LONG);

    waits.close();

    List<Thread> threads = new ArrayList<>();
    sources.forEach(
        source -> {
          Thread thread = source.thread;
          if (thread != null) {
            threads.add(thread);
          }
        });
    assertThat(threads).isNotEmpty();
    for (Thread thread : threads) {
      join(thread);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(TimeUnit.MINUTES.toMillis(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A source that has something when the test says so. */
  private static final class SlowSource implements Source {
    private final Semaphore something = new Semaphore(0);
    private final AtomicInteger users = new AtomicInteger();
    private volatile Runnable whenWaiting = () -> {};
    private volatile boolean isTwice;
    private volatile @Nullable Thread thread;
    private volatile @Nullable RuntimeException failure;
    private volatile @Nullable RuntimeException whenInterrupted;

    @Override
    public void await(Duration timeout) {
      thread = Thread.currentThread();
      if (users.incrementAndGet() > 1) {
        isTwice = true;
      }
      try {
        whenWaiting.run();
        RuntimeException error = failure;
        if (error != null) {
          throw error;
        }
        var unused = something.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        RuntimeException error = whenInterrupted;
        if (error != null) {
          throw error;
        }
      } finally {
        users.decrementAndGet();
      }
    }

    @Override
    public List<String> partitions() {
      return List.of("p");
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      return PollStatus.IDLE;
    }

    @Override
    public String position(int partition) {
      return "";
    }

    @Override
    public void seek(int partition, String position) {}

    @Override
    public void acknowledge(List<String> positions) {}

    @Override
    public void close() {}
  }
}
