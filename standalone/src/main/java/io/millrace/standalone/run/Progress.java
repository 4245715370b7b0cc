package io.millrace.standalone.run;

import io.millrace.engine.Job;
import io.millrace.engine.JobControl;
import io.millrace.engine.JobMetrics;
import io.millrace.engine.SharedJob;
import io.millrace.spi.time.Clock;
import java.util.List;
import java.util.Set;

/** What some jobs have done since they were started, in words. Used by one thread. */
final class Progress {
  private static final long NEVER = Long.MAX_VALUE;

  private final List<JobControl> jobs;
  private final Clock clock;
  private final long start;
  private Totals last;
  private long lastTime;

  /**
   * Sums over all jobs.
   *
   * @param snapshotAt when the snapshot was taken that is the oldest of the last ones of all jobs;
   *     {@link #NEVER} if there is none
   * @param abandoned how many snapshots were given up
   */
  private record Totals(
      long in,
      long out,
      long late,
      long shed,
      long errors,
      long lagMillis,
      long snapshotAt,
      long abandoned) {
    static Totals of(List<JobControl> jobs) {
      long in = 0;
      long out = 0;
      long late = 0;
      long shed = 0;
      long errors = 0;
      long lag = 0;
      long snapshotAt = NEVER;
      long abandoned = 0;
      for (JobControl job : jobs) {
        JobMetrics metrics = job.metrics();
        in += metrics.totalIn();
        out += metrics.totalWritten();
        late += metrics.totalLate();
        shed += metrics.totalShed();
        errors += metrics.totalErrors();
        abandoned += metrics.abandonedSnapshots();
        snapshotAt = Math.min(snapshotAt, metrics.lastSnapshotMillis().orElse(NEVER));
        if (!(job instanceof Job whole && whole.isBounded())) {
          lag = Math.max(lag, metrics.lagMillis());
        }
      }
      return new Totals(in, out, late, shed, errors, lag, snapshotAt, abandoned);
    }
  }

  Progress(List<JobControl> jobs, Clock clock) {
    this.jobs = jobs;
    this.clock = clock;
    this.start = clock.millis();
    this.last = new Totals(0, 0, 0, 0, 0, 0, NEVER, 0);
    this.lastTime = start;
  }

  /**
   * The status of now: {@code 12 s | in 1,234 (98/s) | out 12 (1/s) | lag 0.2 s | 3 errors |
   * snapshot 0.4 s old}.
   */
  String status() {
    Totals now = Totals.of(jobs);
    long time = clock.millis();
    long passed = Math.max(1, time - lastTime);
    StringBuilder text = new StringBuilder(Amounts.duration(time - start));
    appendRate(text, "in", now.in(), last.in(), passed);
    appendRate(text, "out", now.out(), last.out(), passed);
    if (now.lagMillis() > 0) {
      text.append(" | lag ").append(Amounts.duration(now.lagMillis()));
    }
    if (now.late() > 0) {
      text.append(" | ").append(Amounts.number(now.late())).append(" late");
    }
    if (now.shed() > 0) {
      text.append(" | ").append(Amounts.number(now.shed())).append(" shed");
    }
    if (now.errors() > 0) {
      text.append(" | ").append(Amounts.count(now.errors(), "error"));
    }
    if (now.snapshotAt() != NEVER) {
      text.append(" | snapshot ").append(Amounts.duration(time - now.snapshotAt())).append(" old");
    }
    if (now.abandoned() > 0) {
      text.append(" | ").append(Amounts.count(now.abandoned(), "snapshot")).append(" failed");
    }
    for (JobControl job : jobs) {
      if (job instanceof SharedJob shared) {
        text.append(" | ").append(place(shared));
      }
    }
    last = now;
    lastTime = time;
    return text.toString();
  }

  /** Which partitions this process runs, such as {@code partitions 0, 3 of 4}. */
  private static String place(SharedJob job) {
    Set<Integer> numbers = job.partitions();
    String which =
        numbers.isEmpty()
            ? "no partition"
            : (numbers.size() == 1 ? "partition " : "partitions ")
                + String.join(", ", numbers.stream().map(String::valueOf).toList());
    return which + " of " + job.partitionCount();
  }

  private static void appendRate(
      StringBuilder text, String name, long now, long before, long passed) {
    long rate = Math.round((now - before) * 1e3 / passed);
    text.append(" | ").append(name).append(' ').append(Amounts.number(now));
    text.append(" (").append(Amounts.number(rate)).append("/s)");
  }

  /** What was done, in one line: {@code read 7 rows, wrote 2 rows in 0.4 s; 1 error}. */
  String summary() {
    Totals all = Totals.of(jobs);
    StringBuilder text = new StringBuilder("read ").append(Amounts.count(all.in(), "row"));
    text.append(", wrote ").append(Amounts.count(all.out(), "row"));
    text.append(" in ").append(Amounts.duration(clock.millis() - start));
    if (all.late() > 0) {
      text.append("; dropped ").append(Amounts.count(all.late(), "late row"));
    }
    if (all.shed() > 0) {
      text.append("; shed ").append(Amounts.count(all.shed(), "row"));
    }
    if (all.errors() > 0) {
      text.append("; ").append(Amounts.count(all.errors(), "error"));
    }
    return text.toString();
  }

  /** How many rows and records could not be used. */
  long errors() {
    return Totals.of(jobs).errors();
  }
}
