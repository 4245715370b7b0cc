package io.millrace.runtime.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TurnLockTest {
  private static final int THREADS = 4;
  private static final int SECTIONS = 20_000;
  private final TurnLock lock = new TurnLock();
  private long entered;

  @Test
  void shouldLetOneThreadInAtATime() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(this::enterOften));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(entered).isEqualTo((long) THREADS * SECTIONS);
    assertThat(lock.isHeldByCurrentThread()).isFalse();
  }

  private void enterOften() {
    for (int i = 0; i < SECTIONS; i++) {
      lock.lock();
      entered++;
      lock.unlock();
    }
  }

  @Test
  void shouldWakeWaitingThreadsWhenLockIsGivenBack() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    lock.lock();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::enterOften);
      thread.start();
      threads.add(thread);
    }
    awaitSleep(threads);
    assertThat(entered).isZero();

    lock.unlock();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(entered).isEqualTo((long) THREADS * SECTIONS);
  }

  @Test
  void shouldStayInterruptedWhenInterruptedWhileWaiting() throws InterruptedException {
    AtomicBoolean wasInterrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              begun.countDown();
              lock.lock();
              wasInterrupted.set(Thread.currentThread().isInterrupted());
              lock.unlock();
            });
    lock.lock();
    waiting.start();
    begun.await();
    awaitSleep(List.of(waiting));
    waiting.interrupt();
    awaitSleep(List.of(waiting));
    lock.unlock();
    waiting.join();

    assertThat(wasInterrupted).isTrue();
  }

  @Test
  void shouldNotWaitWhenThereIsNoTime() throws InterruptedException {
    assertThat(tryElsewhere(0)).isTrue();
    lock.lock();
    assertThat(tryElsewhere(0)).isFalse();
    lock.unlock();
    assertThat(tryElsewhere(0)).isTrue();
  }

  @Test
  void shouldGiveUpWhenTimeIsOver() throws InterruptedException {
    lock.lock();
    assertThat(tryElsewhere(2_000_000)).isFalse();
    lock.unlock();
    lock.lock();
    lock.unlock();
  }

  @Test
  void shouldGiveUpBehindThreadsThatWaitWhenTimeIsOver() throws InterruptedException {
    lock.lock();
    Thread waiting = new Thread(this::enterOften);
    waiting.start();
    awaitSleep(List.of(waiting));
    assertThat(tryElsewhere(2_000_000)).isFalse();
    lock.unlock();
    waiting.join();

    assertThat(entered).isEqualTo(SECTIONS);
  }

  @Test
  void shouldEnterWhenLockIsGivenBackInTime() throws InterruptedException {
    lock.lock();
    AtomicBoolean wasInterrupted = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              if (lock.tryLock(Long.MAX_VALUE)) {
                entered++;
                wasInterrupted.set(Thread.currentThread().isInterrupted());
                lock.unlock();
              }
            });
    waiting.start();
    awaitSleep(List.of(waiting));
    waiting.interrupt();
    awaitSleep(List.of(waiting));
    lock.unlock();
    waiting.join();

    assertThat(entered).isEqualTo(1);
    assertThat(wasInterrupted).isTrue();
  }

  /** Whether another thread gets the lock, which it gives back then. */
  private boolean tryElsewhere(long nanos) throws InterruptedException {
    AtomicBoolean taken = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              if (lock.tryLock(nanos)) {
                taken.set(true);
                lock.unlock();
              }
            });
    thread.start();
    thread.join();
    return taken.get();
  }

  /** Waits until all of them wait for the lock, or for their turn to try it. */
  private static void awaitSleep(List<Thread> threads) {
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }
}
