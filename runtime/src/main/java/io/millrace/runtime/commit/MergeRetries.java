package io.millrace.runtime.commit;

import io.millrace.spi.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * When merges fail: tries a section again after a second, then after two, up to a minute, since
 * each try reads all that is to be merged. One section that cannot be merged, because its files are
 * damaged, leaves the others alone; when several fail, all wait, as it may be the disk, until one
 * can be merged. Says so once for each cause, then every ten minutes. One thread asks whether to
 * try, another one tries.
 */
final class MergeRetries {
  private static final long FIRST_PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE = TimeUnit.MINUTES.toNanos(1);
  private static final long BETWEEN_LINES = TimeUnit.MINUTES.toNanos(10);

  private final Clock clock;

  /** By section, those that failed when they were tried last. */
  private final Map<String, Pause> failing = new HashMap<>();

  /** While several fail, that of all sections. */
  private Pause ofAll = new Pause();

  /** Whether the last try of any section has failed. */
  private boolean hasJustFailed;

  /** By cause, when it was said, as long as any section fails. */
  private final Map<String, Long> said = new HashMap<>();

  /** A time in which nothing is tried, longer from failure to failure. */
  private static final class Pause {
    private long length;
    private long start;
    private int failures;

    void begin(long now) {
      length = length == 0 ? FIRST_PAUSE : Math.min(2 * length, LONGEST_PAUSE);
      start = now;
      failures++;
    }

    boolean isOver(long now) {
      return length == 0 || now - start >= length;
    }
  }

  MergeRetries(Clock clock) {
    this.clock = clock;
  }

  synchronized boolean mayTry(String section) {
    long now = clock.nanos();
    Pause own = failing.get(section);
    return ofAll.isOver(now) && (own == null || own.isOver(now));
  }

  /**
   * Whether a section that has failed before comes first, when its pause is over: not twice in a
   * row, so that it keeps no others waiting, and is not kept waiting by them for ever.
   */
  synchronized boolean prefersFailed() {
    return !hasJustFailed;
  }

  /** How often a section has failed since it was merged last. */
  synchronized int failures(String section) {
    Pause own = failing.get(section);
    return own == null ? 0 : own.failures;
  }

  /**
   * Notes a failure.
   *
   * @param cause what is the same as long as nothing else is wrong
   * @return whether it is worth saying
   */
  synchronized boolean failed(String section, String cause) {
    long now = clock.nanos();
    hasJustFailed = true;
    failing.computeIfAbsent(section, name -> new Pause()).begin(now);
    if (failing.size() > 1) {
      ofAll.begin(now);
    }
    Long before = said.get(cause);
    boolean isNews = before == null || now - before >= BETWEEN_LINES;
    if (isNews) {
      said.put(cause, now);
    }
    return isNews;
  }

  /**
   * Notes a success.
   *
   * @return whether it is worth saying: none fails any more
   */
  synchronized boolean succeeded(String section) {
    hasJustFailed = false;
    boolean hadFailed = failing.remove(section) != null;
    ofAll = new Pause();
    if (failing.isEmpty()) {
      said.clear();
    }
    return hadFailed && failing.isEmpty();
  }
}
