package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Snapshots of jobs with nearly every kind of state that operators have, as earlier commits wrote
 * them, are gone on from, on the heap and in files: what is sent is, to the row, what a job that
 * was never ended sends behind its first rows. And this commit writes what the newest of them
 * holds. If that fails because an operator saves more, or in another form, its state gets a new
 * version, and a new folder joins those in the resources, which never change: {@code
 * -Dsaved.operators.write=FOLDER} has it written. A kind of state that is new gets a query here,
 * and a new folder.
 */
@Timeout(300)
final class SavedOperatorsTest {
  private static final String NEWEST = "saved-operators-3";

  /** That of the beginning is in full; this one has changes, and so has the one before. */
  private static final long SNAPSHOT = 3;

  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int ROWS = 160;
  private static final int FIRST_ROWS = 70;
  private static final int SAVED_ROWS = 90;

  @TempDir private Path folder;

  /** Times rise by 10 ms, but for two breaks, and some rows that are up to 30 ms late. */
  private static List<InputRow> rows() {
    Random random = new Random(17);
    List<InputRow> rows = new ArrayList<>();
    long time = 1_000;
    for (int i = 0; i < ROWS; i++) {
      time += i == 40 || i == 120 ? 700 : 10;
      long late = random.nextInt(4) == 0 ? 10L * random.nextInt(4) : 0;
      rows.add(new InputRow(time - late, "k" + random.nextInt(5), random.nextInt(40)));
    }
    return rows;
  }

  private Path stores() {
    return folder.resolve("stores");
  }

  private static Engine engine(World world, Path stores) {
    return WorldJob.engine(world, new FileSnapshotStores(stores, null));
  }

  /**
   * Runs the job to its second snapshot with rows, and ends it: the last one has the same state.
   */
  private static void write(World world, Path stores) {
    world.addInput("Events", List.of(List.of()));
    try (Engine engine = engine(world, stores)) {
      Job job =
          WorldJob.start(
              engine, SavedQueries.SCRIPT.replace("'world'", "'world', end = 'no'"), "1000 h");
      append(world, job, 0, FIRST_ROWS);
      job.commit(LONG);
      append(world, job, FIRST_ROWS, SAVED_ROWS);
      assertThat(job.commit(LONG)).isEqualTo(SNAPSHOT);
    }
  }

  /** One by one, so that what is polled at once is always the same. */
  private static void append(World world, Job job, int from, int to) {
    List<InputRow> rows = rows();
    for (int i = from; i < to; i++) {
      world.append("Events", rows.get(i));
      WorldJob.awaitRows(job, i + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "saved-operators-1, false",
    "saved-operators-1, true",
    "saved-operators-2, false",
    "saved-operators-2, true",
    NEWEST + ", false",
    NEWEST + ", true"
  })
  void shouldGoOnFromSnapshotsOfEarlierCommits(String name, boolean inFiles) throws IOException {
    SavedStores.copy(SavedStores.resource(name), stores());
    World world = new World(5);
    world.addInput("Events", List.of(rows()));
    if (inFiles) {
      world.setState(ChronicleState.ofFewRows(folder.resolve("state")));
    }
    try (Engine engine = engine(world, stores())) {
      assertThat(WorldJob.start(engine, SavedQueries.SCRIPT, "1000 h").await(LONG)).isTrue();
    }

    World before = new World(6);
    write(before, folder.resolve("before"));
    World undisturbed = new World(7);
    undisturbed.addInput("Events", List.of(rows()));
    WorldJob.run(undisturbed, SavedQueries.SCRIPT);
    Map<String, List<String>> all = undisturbed.ledgers();
    assertThat(all).doesNotContainValue(List.of());
    assertThat(all.keySet()).containsAll(before.ledgers().keySet());
    assertThat(all.keySet()).containsAll(world.ledgers().keySet());
    all.forEach(
        (stream, rows) ->
            assertThat(Stream.of(before, world).flatMap(part -> part.ledger(stream).stream()))
                .as(stream)
                .containsExactlyElementsOf(rows));
  }

  @Test
  void shouldWriteWhatTheNewestHolds() throws IOException {
    write(new World(5), stores());
    String target = System.getProperty("saved.operators.write");
    if (target != null) {
      SavedStores.copy(stores(), Path.of(target));
    }
    Path kept = folder.resolve("kept");
    SavedStores.copy(SavedStores.resource(NEWEST), kept);

    Map<String, List<String>> newest = SavedStores.contents(kept, "job", SNAPSHOT);
    Map<String, List<String>> written = SavedStores.contents(stores(), "job", SNAPSHOT);
    assertThat(written.keySet()).isEqualTo(newest.keySet());
    written.forEach(
        (section, parts) -> assertThat(parts).as(section).isEqualTo(newest.get(section)));
  }
}
