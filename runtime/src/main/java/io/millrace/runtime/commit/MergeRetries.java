package io.millrace.runtime.commit;

import io.millrace.spi.time.Clock;
import java.util.concurrent.TimeUnit;

/**
 * When merges fail: tries again after a second, then after two, up to a minute, since each reads
 * all that is to be merged; and says so once for each cause, then every ten minutes. One thread
 * asks whether to try, another one tries.
 */
final class MergeRetries {
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(10);

  private final Clock clock;
  private long pause;
  private long failedAt;
  private long saidAt;
  private String said = "";

  MergeRetries(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean mayTry() {
    return pause == 0 || clock.nanos() - failedAt >= pause;
  }

  /**
   * Notes a failure.
   *
   * @param cause what is the same as long as nothing else is wrong
   * @return whether it is worth saying
   */
  synchronized boolean failed(String cause) {
    failedAt = clock.nanos();
    pause = pause == 0 ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
    boolean isNews = !cause.equals(said) || failedAt - saidAt >= BETWEEN_LINES;
    if (isNews) {
      said = cause;
      saidAt = failedAt;
    }
    return isNews;
  }

  /**
   * Notes a success.
   *
   * @return whether it is worth saying
   */
  synchronized boolean succeeded() {
    boolean hadFailed = pause > 0;
    pause = 0;
    said = "";
    return hadFailed;
  }
}
