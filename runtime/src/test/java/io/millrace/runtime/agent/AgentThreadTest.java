package io.millrace.runtime.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AgentThreadTest {

  /** Works or idles until it is told or interrupted, and notes which of them it was. */
  private static final class Waiter implements Agent {
    private final boolean waitsAtWork;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
    private boolean wasInterrupted;
    private int ends;

    Waiter(boolean waitsAtWork) {
      this.waitsAtWork = waitsAtWork;
    }

    @Override
    public String name() {
      return "waiter";
    }

    @Override
    public int doWork() {
      if (waitsAtWork) {
        await();
      }
      return 0;
    }

    @Override
    public void idle() {
      await();
    }

    private void await() {
      begun.countDown();
      try {
        told.await();
      } catch (InterruptedException e) {
        wasInterrupted = true;
      }
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {
      assertThat(failure).isNull();
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      ends++;
    }
  }

  @Test
  void shouldDoThePieceToItsEndWhenStopped() throws InterruptedException {
    Waiter agent = new Waiter(true);
    Thread stopping = stop(agent);
    while (stopping.getState() != Thread.State.TIMED_WAITING) {
      LockSupport.parkNanos(1_000_000);
    }
    agent.told.countDown();
    stopping.join();

    assertThat(agent.wasInterrupted).isFalse();
    assertThat(agent.ends).isEqualTo(1);
  }

  @Test
  void shouldNotWaitOnWhenStopped() throws InterruptedException {
    Waiter agent = new Waiter(false);
    stop(agent).join();

    assertThat(agent.wasInterrupted).isTrue();
    assertThat(agent.ends).isEqualTo(1);
  }

  /** Has another thread stop it when it waits. */
  private static Thread stop(Waiter agent) throws InterruptedException {
    AgentThread thread = new AgentThread(agent, true);
    thread.start();
    agent.begun.await();
    Thread stopping = new Thread(thread::stop);
    stopping.start();
    return stopping;
  }
}
