package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole snapshots of a job, as earlier commits wrote them, are gone on from; and this one writes
 * what the last of them holds. If that fails because more is saved or in another form, the form
 * that has changed gets a new version, and a new folder joins those in the resources, which never
 * change: {@code -Dsaved.jobs.write=FOLDER} has it written.
 */
final class SavedJobTest {
  private static final String NEWEST = "saved-job-4";

  /** Later ones may have merged parts, or not: merging takes its time. */
  private static final long FIRST_WITH_ROWS = 2;

  private static final Duration LONG = Duration.ofMinutes(5);

  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + """
          CREATE STREAM Sums WITH (connector = 'ledger') AS
          SELECT k, count(*) AS n, sum(v) AS s, max(v) AS m FROM Events GROUP BY k;
          CREATE STREAM Windows WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (100 MS) GROUP BY k;
          CREATE STREAM Lasts WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (2) PARTITION BY k;
          CREATE STREAM Copies WITH (connector = 'tape') AS SELECT k, v FROM Events;
          """;

  private final World world = new World(5);
  @TempDir private Path folder;

  private Engine engine() {
    return Engine.builder()
        .clock(new VirtualClock(1_000))
        .connector(new WorldSourceConnector(world))
        .connector(new LedgerConnector(world))
        .connector(new TapeConnector(world))
        .snapshots(new FileSnapshotStores(folder, null))
        .build();
  }

  private static Job start(Engine engine) {
    Job job =
        engine.deploy(
            Deployment.of(SCRIPT)
                .named("saved")
                .withSetting("commit.interval", "1000 h")
                .withSetting("snapshot.retained", "10"));
    job.start();
    return job;
  }

  /** Runs the job to its second snapshot with rows, and ends it. */
  private void write() {
    world.addInput(
        "Events",
        List.of(
            List.of(
                new InputRow(10, "a", 1),
                new InputRow(20, "b", 2),
                new InputRow(30, "a", 4),
                new InputRow(130, "ü", -8))));
    try (Engine engine = engine()) {
      Job job = start(engine);
      WorldJob.awaitRows(job, 4);
      assertThat(job.commit(LONG)).isEqualTo(FIRST_WITH_ROWS);
      world.append("Events", new InputRow(135, "b", 3));
      WorldJob.awaitRows(job, 5);
      job.commit(LONG);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"saved-job-1", "saved-job-2", "saved-job-3", NEWEST})
  void shouldGoOnFromSnapshotsOfEarlierCommits(String name) throws IOException {
    SavedStores.copy(SavedStores.resource(name), folder);
    world.addInput(
        "Events",
        List.of(
            List.of(
                new InputRow(10, "not read again", 1),
                new InputRow(20, "not read again", 2),
                new InputRow(30, "not read again", 4),
                new InputRow(130, "not read again", -8),
                new InputRow(135, "not read again", 3),
                new InputRow(140, "a", 16),
                new InputRow(250, "ü", 32))));
    try (Engine engine = engine()) {
      Job job = start(engine);
      WorldJob.awaitRows(job, 2);
      job.commit(LONG);
    }

    assertThat(world.ledger("Sums")).endsWith("140 a 3 21 16", "250 ü 2 24 32");
    assertThat(world.ledger("Windows")).endsWith("199 ü -8", "199 b 3", "199 a 16");
    assertThat(world.ledger("Lasts")).endsWith("140 a 20", "250 ü 24");
    assertThat(world.tape("Copies")).containsExactly("#5 140 a 16", "#6 250 ü 32");
  }

  @Test
  void shouldWriteWhatTheNewestHolds() throws IOException {
    write();
    String target = System.getProperty("saved.jobs.write");
    if (target != null) {
      SavedStores.copy(folder, Path.of(target));
    }
    Path kept = folder.resolveSibling(folder.getFileName() + "-kept");
    SavedStores.copy(SavedStores.resource(NEWEST), kept);

    assertThat(SavedStores.contents(folder, "saved", FIRST_WITH_ROWS))
        .isEqualTo(SavedStores.contents(kept, "saved", FIRST_WITH_ROWS));
  }
}
