package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.runtime.commit.SnapshotMetrics;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a job says of its snapshots. */
final class SnapshotMetricsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int ROWS = 200;
  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + "CREATE STREAM Sums WITH (connector = 'ledger') AS"
          + " SELECT k, v, sum(v) AS s FROM Events GROUP BY k, v;\n";

  private final World world = WorldJob.world(1, ROWS);
  private final VirtualClock clock = new VirtualClock(1_000);

  private Engine engine(Clock time) {
    return Engine.builder()
        .clock(time)
        .connector(new WorldSourceConnector(world))
        .connector(new LedgerConnector(world))
        .snapshots(new WorldStores(world))
        .build();
  }

  @Test
  void shouldSayHowLargeTheLastSnapshotIsAndOfWhichMoment() {
    try (Engine engine = engine(clock)) {
      Job job = WorldJob.start(engine, SCRIPT, "1000 h");
      WorldJob.awaitRows(job, ROWS);
      clock.advanceTo(7_000);
      job.commit(LONG);
      SnapshotMetrics great = job.metrics().snapshots();
      assertThat(great.lastAtMillis()).isEqualTo(7_000);
      assertThat(great.lastBytes()).isEqualTo(written(great.lastId()));

      clock.advanceTo(9_500);
      world.append("Events", new InputRow(10L * ROWS, "k", 1));
      WorldJob.awaitRows(job, ROWS + 1);
      job.commit(LONG);
      SnapshotMetrics small = job.metrics().snapshots();

      assertThat(small.lastAtMillis()).isEqualTo(9_500);
      assertThat(small.lastBytes())
          .isEqualTo(written(small.lastId()))
          .isBetween(1L, great.lastBytes() / 4);
      assertThat(small.lastId()).isEqualTo(great.lastId() + 1);
      assertThat(small.committed()).isEqualTo(great.committed() + 1);
      assertThat(small.abandoned()).isZero();
    }
  }

  @Test
  void shouldSayHowLongRowsWaitedAndHowLongItTook() {
    try (Engine engine = engine(new PassingClock())) {
      Job job = WorldJob.start(engine, SCRIPT, "1000 h");
      WorldJob.awaitRows(job, ROWS);
      job.commit(LONG);
      SnapshotMetrics metrics = job.metrics().snapshots();

      assertThat(metrics.lastPauseNanos()).isPositive();
      assertThat(metrics.longestPauseNanos()).isGreaterThanOrEqualTo(metrics.lastPauseNanos());
      assertThat(metrics.lastDurationMillis()).isPositive();
    }
  }

  /** The length of what a snapshot has and the one before had not. */
  private long written(long id) {
    Manifest before = world.store().manifest(id - 1);
    List<Part> known =
        before.sections().stream().flatMap(section -> section.parts().stream()).toList();
    return world.store().manifest(id).sections().stream()
        .flatMap(section -> section.parts().stream())
        .filter(part -> !known.contains(part))
        .mapToLong(Part::length)
        .sum();
  }

  /** Whenever somebody looks, a millisecond has passed. */
  private static final class PassingClock implements Clock {
    private final AtomicLong looks = new AtomicLong();

    @Override
    public long millis() {
      return looks.incrementAndGet();
    }

    @Override
    public long nanos() {
      return TimeUnit.MILLISECONDS.toNanos(looks.incrementAndGet());
    }
  }
}
