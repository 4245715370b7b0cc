package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.time.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of connectors that are too old are left out, for good. */
final class SheddingTest {
  private static final String INPUT =
      "CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world', end = 'no');\n";
  private static final String SUMS =
      "CREATE STREAM Sums WITH (connector = 'ledger') AS SELECT k, sum(v) AS s FROM Events GROUP BY k;\n";

  private final World world = new World(5);
  private final VirtualClock clock = new VirtualClock(100_000);

  private Engine engine() {
    return Engine.builder()
        .clock(clock)
        .connector(new WorldSourceConnector(world))
        .connector(new LedgerConnector(world))
        .snapshots(new WorldStores(world))
        .build();
  }

  private Job start(Engine engine, String overload) {
    Job job =
        engine.deploy(
            Deployment.of(INPUT + SUMS)
                .named("job")
                .withSetting("overload", overload)
                .withSetting("commit.interval", "1 h"));
    job.start();
    return job;
  }

  @Test
  void shouldLeaveOldRowsOutAndCountThem() {
    addInput();
    try (Engine engine = engine()) {
      Job job = start(engine, "shed");
      WorldJob.awaitRows(job, 2);
      job.commit(Duration.ofMinutes(5));

      assertThat(world.ledger("Sums")).containsExactly("90000 a 4", "100000 a 12");
      assertThat(job.metrics().shed()).isEqualTo(Map.of("Events", 2L));
      assertThat(job.metrics().rowsIn()).isEqualTo(Map.of("Events", 2L));
      assertThat(job.metrics().lagMillis()).isZero();
    }
  }

  @Test
  void shouldTakeOldRowsWhenNothingIsShed() {
    addInput();
    for (String overload : List.of("block", "refuse")) {
      World one = new World(5);
      one.addInput("Events", world.input("Events"));
      try (Engine engine =
          Engine.builder().clock(clock).connector(new WorldSourceConnector(one)).build()) {
        Job job =
            engine.deploy(Deployment.of(INPUT).named("job").withSetting("overload", overload));
        job.start();
        WorldJob.awaitRows(job, 4);

        assertThat(job.metrics().shed()).isEmpty();
      }
    }
  }

  @Test
  void shouldNotReadRowsAgainThatWereLeftOut() {
    addInput();
    try (Engine engine = engine()) {
      Job job = start(engine, "shed");
      WorldJob.awaitRows(job, 2);
      job.commit(Duration.ofMinutes(5));
    }
    world.append("Events", new InputRow(100_001, "a", 16));
    try (Engine engine = engine()) {
      Job job = start(engine, "block");
      WorldJob.awaitRows(job, 1);
      job.commit(Duration.ofMinutes(5));

      assertThat(world.ledger("Sums")).containsExactly("90000 a 4", "100000 a 12", "100001 a 28");
    }
  }

  /** By the clock two of the records are older than ten seconds. */
  private void addInput() {
    world.addInput(
        "Events",
        List.of(
            List.of(
                new InputRow(1_000, "a", 1),
                new InputRow(89_999, "a", 2),
                new InputRow(90_000, "a", 4),
                new InputRow(100_000, "a", 8))));
  }
}
