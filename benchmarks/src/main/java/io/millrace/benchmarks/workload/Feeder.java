package io.millrace.benchmarks.workload;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Feeds pass after pass to a session, and measures it. Event time goes on from round to round. */
final class Feeder implements AutoCloseable {
  private static final int SMALLEST_SLICE = 1_000;
  private static final int LARGEST_SLICE = 40_000;
  private static final long NANOS = 1_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final TradeSets trades;
  private final Checksum results = new Checksum();
  private final Contender.Session session;
  private int slice = SMALLEST_SLICE;
  private long pass;
  private int next;
  private long fed;

  /** Events per second of CPU time and of wall time. */
  record Rates(double cpu, double wall) {}

  Feeder(Contender contender, Workload workload, String variant) {
    trades = new TradeSets(workload.symbols(), workload.eventsPerMilli());
    session = contender.open(workload, variant, results);
    session.prepare(0, trades.set(0));
  }

  Checksum results() {
    return results;
  }

  /** Feeds a number of whole passes, unmeasured. */
  void feedPasses(int passes) {
    long until = fed + (long) passes * TradeSets.SIZE;
    while (fed < until) {
      nextPassIfDue();
      feedSlice();
    }
  }

  void warmUp(double seconds) {
    long left = (long) (seconds * NANOS);
    while (left > 0) {
      nextPassIfDue();
      left -= feedSlice();
    }
  }

  /**
   * Feeds for at least the given time, and at least a million events. CPU time is that of this
   * thread while it feeds, and that of all other threads (garbage collection, compilation) during
   * the whole round.
   */
  Rates round(double seconds) {
    long least = (long) (seconds * NANOS);
    long before = fed;
    long wall = 0;
    long feeding = 0;
    long processStart = PROCESS.getProcessCpuTime();
    long threadStart = THREADS.getCurrentThreadCpuTime();
    while (wall < least || fed - before < 1_000_000) {
      nextPassIfDue();
      long cpu = THREADS.getCurrentThreadCpuTime();
      long nanos = feedSlice();
      feeding += THREADS.getCurrentThreadCpuTime() - cpu;
      wall += nanos;
      if (nanos < 1_000_000 && slice < LARGEST_SLICE) {
        slice *= 2;
      }
    }
    long own = THREADS.getCurrentThreadCpuTime() - threadStart;
    long others = Math.max(0, PROCESS.getProcessCpuTime() - processStart - own);
    double events = (double) (fed - before) * NANOS;
    return new Rates(events / (feeding + others), events / wall);
  }

  private void nextPassIfDue() {
    if (next == TradeSets.SIZE) {
      next = 0;
      pass++;
      int set = (int) (pass & 1);
      trades.moveTo(pass);
      session.prepare(set, trades.set(set));
    }
  }

  private long feedSlice() {
    int end = Math.min(TradeSets.SIZE, next + slice);
    long start = System.nanoTime();
    session.feed((int) (pass & 1), next, end);
    long nanos = System.nanoTime() - start;
    fed += end - next;
    next = end;
    return nanos;
  }

  @Override
  public void close() {
    session.close();
  }
}
