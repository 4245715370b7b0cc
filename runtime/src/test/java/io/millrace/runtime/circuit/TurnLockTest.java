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
