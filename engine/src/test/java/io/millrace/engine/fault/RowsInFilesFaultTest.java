package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import io.millrace.state.chronicle.ChronicleState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No row is lost and none doubled when nearly all keys and rows lie in files: wherever the power
 * fails, in the middle of snapshots too; when snapshots are missed; when a file cannot be made.
 */
final class RowsInFilesFaultTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int ROWS = 200;
  private static final int KEYS = 40;
  private static final int STEPS_OF_START = 60;
  private static final String SCRIPT =
      WorldJob.INPUT
          + "CREATE STREAM Last WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (9) PARTITION BY k;\n"
          + "CREATE STREAM Next WITH (connector = 'ledger')"
          + " AS SELECT k, v, lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS w FROM Events;\n"
          + "CREATE STREAM Both WITH (connector = 'ledger') AS SELECT k, v,"
          + " lead(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS w,"
          + " lead(v) OVER (PARTITION BY v ORDER BY ROWTIME) AS x FROM Events;\n"
          + "CREATE TABLE Top AS SELECT k, v FROM Events"
          + " QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) <= 2;\n"
          + "CREATE STREAM Tops WITH (connector = 'bank') AS SELECT k, v FROM Top;\n"
          + "CREATE TABLE Sums AS SELECT k, v, sum(v) OVER (PARTITION BY k ORDER BY v) AS s"
          + " FROM Events WHERE v < 30;\n"
          + "CREATE STREAM Summed WITH (connector = 'bank') AS SELECT k, v, s FROM Sums;\n"
          + "CREATE STREAM Keyed AS SELECT k, v FROM Events PARTITION BY k;\n"
          + "CREATE TABLE Held AS SELECT k, v FROM Keyed WINDOW LENGTH (30) EMIT CHANGES;\n"
          + "CREATE STREAM Newest WITH (connector = 'bank') AS SELECT k, v FROM Held;\n"
          + "CREATE STREAM Near WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s, count(*) AS n FROM Events WINDOW TIME (300 MS) GROUP BY k;\n"
          + "CREATE STREAM Few WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW TIME_LENGTH (900 MS, 3) PARTITION BY k;\n"
          + "CREATE STREAM Least WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW SORTED (3, v) PARTITION BY k;\n"
          + "CREATE STREAM Packs WITH (connector = 'bank')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW LENGTH_BATCH (50) GROUP BY k;\n"
          + "CREATE STREAM Hops WITH (connector = 'bank')"
          + " AS SELECT k, max(v) AS m FROM Events WINDOW HOPPING (600 MS, 200 MS) GROUP BY k;\n"
          + "CREATE STREAM Sessions WITH (connector = 'ledger')"
          + " AS SELECT k, sum(v) AS s FROM Events WINDOW SESSION (150 MS) GROUP BY k;\n"
          + "CREATE STREAM Later WITH (connector = 'ledger')"
          + " AS SELECT k, v FROM Events WINDOW DELAY (400 MS);\n"
          + "CREATE STREAM Pairs WITH (connector = 'bank')"
          + " AS SELECT a.k, a.v AS v, b.v AS w FROM Events AS a JOIN Events AS b"
          + " WITHIN 100 MS ON a.k = b.k;\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldCommitEachRowOnceWhereverThePowerFails(int parallelism) {
    String script = "SET 'parallelism' = '" + parallelism + "';\n" + SCRIPT;
    World undisturbed = onHeap(2);
    World inFiles = inFiles(2);
    long steps = WorldJob.run(inFiles, script);
    assertSame(inFiles, undisturbed);
    int failures = 0;

    for (long failing = STEPS_OF_START; failing < steps; failing += 40 + failing / 4) {
      World world = inFiles(2);
      WorldJob.runWithFailures(world, script, failing);
      failures += world.hasFailed() ? 1 : 0;
      assertSame(world, undisturbed);
    }
    assertThat(failures).isGreaterThan(3);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"begin a snapshot", "write a section", "write changes", "finish a snapshot"})
  void shouldGoOnFromAnySnapshotWhenOthersWereMissed(String step) {
    String ended = SCRIPT.replace("'bank'", "'ledger'");
    String script =
        "SET 'snapshot.on.failure' = 'continue';\n"
            + ended.replace("'world'", "'world', end = 'no'");
    World world = inFiles(1);
    List<InputRow> rows = List.copyOf(world.input("Events").get(0));
    world.input("Events").get(0).clear();
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1000 h");
      append(world, job, rows, 0, ROWS / 3);
      job.commit(LONG);
      append(world, job, rows, ROWS / 3, ROWS / 2);
      world.breakDown(step);
      CompletableFuture<Long> missed = job.commit();
      while (job.metrics().snapshots().abandoned() == 0 && !missed.isDone()) {
        Thread.onSpinWait();
      }
      append(world, job, rows, ROWS / 2, ROWS * 2 / 3);
      world.repair();
      job.commit(LONG);
      append(world, job, rows, ROWS * 2 / 3, ROWS);
    }
    WorldJob.run(world, ended);

    World onHeap = WorldJob.world(1, ROWS, KEYS);
    WorldJob.run(onHeap, ended);
    assertSame(world, onHeap);
    assertThat(folder).isEmptyDirectory();
  }

  private static void append(World world, Job job, List<InputRow> rows, int from, int to) {
    world.append("Events", rows.subList(from, to).toArray(InputRow[]::new));
    WorldJob.awaitRows(job, to);
  }

  @Test
  void shouldStopAndGoOnFromTheLastSnapshotWhenAFileCannotBeMade() throws IOException {
    World world = inFiles(1);
    List<InputRow> rows = List.copyOf(world.input("Events").get(0));
    world.input("Events").get(0).clear();
    String script = SCRIPT.replace("'world'", "'world', end = 'no'");
    try (Engine engine = WorldJob.engine(world)) {
      Job job = WorldJob.start(engine, script, "1000 h");
      job.commit(LONG);
      removeFolders();
      world.append("Events", rows.toArray(InputRow[]::new));

      assertThatThrownBy(() -> job.await(LONG))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("state.dir");
    }
    assertThat(world.bank("Last")).isEmpty();
    WorldJob.run(world, SCRIPT);

    assertSame(world, onHeap(1));
    assertThat(folder).isEmptyDirectory();
  }

  private void removeFolders() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }

  private static void assertSame(World world, World other) {
    assertThat(world.banks()).isEqualTo(other.banks());
    assertThat(world.ledgers()).isEqualTo(other.ledgers());
  }

  /** What a job sends whose state is on the heap. */
  private static World onHeap(int partitions) {
    World world = WorldJob.world(partitions, ROWS, KEYS);
    WorldJob.run(world, SCRIPT);
    return world;
  }

  /** Snapshots are taken out in slices, of state of which nearly nothing is in memory. */
  private World inFiles(int partitions) {
    World world = WorldJob.world(partitions, ROWS, KEYS);
    world.setClocks(HurriedClock::new);
    world.setCommitInterval("30 ms");
    world.setState(ChronicleState.ofFewRows(folder));
    return world;
  }
}
