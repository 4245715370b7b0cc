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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Snapshots of jobs with nearly every kind of state that operators have, as earlier commits wrote
 * them, are gone on from, on the heap and in files: what is sent is, to the row, what a job that
 * was never ended sends behind its first rows. And this commit writes what the newest of them hold.
 * If that fails because an operator saves more, or in another form, its state gets a new version,
 * and a new folder joins those in the resources, which never change: {@code
 * -Dsaved.operators.write=FOLDER} has all of them written into it, each by its name. A kind of
 * state that is new gets a query in one of the scripts, and a new folder.
 */
@Timeout(300)
final class SavedOperatorsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int ROWS = 160;
  private static final int FIRST_ROWS = 70;
  private static final int WHOLE_ROWS = 80;
  private static final int SAVED_ROWS = 90;

  @TempDir private Path folder;

  /** A folder that this commit writes, too. */
  private enum Newest {
    /** What changed of state that was saved when it was empty. */
    CHANGES("saved-operators-3", SavedQueries.SCRIPT, false),
    /** The same state as a whole, and what changed behind that. */
    WHOLE("saved-whole-1", SavedQueries.SCRIPT, true),
    /** Other state in both of these forms. */
    MORE("saved-more-1", MoreSavedQueries.SCRIPT, true),
    /** What joins of windows hold that MORE has not, in both of these forms. */
    JOINS("saved-joins-1", SavedJoinQueries.SCRIPT, true);

    private final String folder;
    private final String script;
    private final boolean isWhole;

    Newest(String folder, String script, boolean isWhole) {
      this.folder = folder;
      this.script = script;
      this.isWhole = isWhole;
    }

    /** The last snapshot that was taken of rows; the one before has changes, too. */
    private long snapshot() {
      return isWhole ? 4 : 3;
    }
  }

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

  /** Runs the job to its last snapshot with rows, and ends it: that has the same state. */
  private static void write(World world, Path stores, Newest newest) {
    world.addInput("Events", List.of(List.of()));
    try (Engine engine = engine(world, stores)) {
      Job job =
          WorldJob.start(engine, newest.script.replace("'world'", "'world', end = 'no'"), "1000 h");
      append(world, job, 0, FIRST_ROWS);
      job.commit(LONG);
      int taken = FIRST_ROWS;
      if (newest.isWhole) {
        job.snapshot(); // so that the next one stands by itself
        taken = WHOLE_ROWS;
        append(world, job, FIRST_ROWS, taken);
        job.commit(LONG);
      }
      append(world, job, taken, SAVED_ROWS);
      assertThat(job.commit(LONG)).isEqualTo(newest.snapshot());
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
    "saved-operators-1, CHANGES, false",
    "saved-operators-1, CHANGES, true",
    "saved-operators-2, CHANGES, false",
    "saved-operators-2, CHANGES, true",
    "saved-operators-3, CHANGES, false",
    "saved-operators-3, CHANGES, true",
    "saved-whole-1, WHOLE, false",
    "saved-whole-1, WHOLE, true",
    "saved-more-1, MORE, false",
    "saved-more-1, MORE, true",
    "saved-joins-1, JOINS, false",
    "saved-joins-1, JOINS, true"
  })
  void shouldGoOnFromSnapshotsOfEarlierCommits(String name, Newest newest, boolean inFiles)
      throws IOException {
    SavedStores.copy(SavedStores.resource(name), stores());
    World world = new World(5);
    world.addInput("Events", List.of(rows()));
    if (inFiles) {
      world.setState(ChronicleState.ofFewRows(folder.resolve("state")));
    }
    try (Engine engine = engine(world, stores())) {
      assertThat(WorldJob.start(engine, newest.script, "1000 h").await(LONG)).isTrue();
    }

    World before = new World(6);
    write(before, folder.resolve("before"), newest);
    World undisturbed = new World(7);
    undisturbed.addInput("Events", List.of(rows()));
    WorldJob.run(undisturbed, newest.script);
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

  @ParameterizedTest
  @EnumSource
  void shouldWriteWhatTheNewestHolds(Newest newest) throws IOException {
    write(new World(5), stores(), newest);
    String target = System.getProperty("saved.operators.write");
    if (target != null) {
      SavedStores.copy(stores(), Path.of(target, newest.folder));
    }
    Path kept = folder.resolve("kept");
    SavedStores.copy(SavedStores.resource(newest.folder), kept);

    Map<String, List<String>> saved = SavedStores.contents(kept, "job", newest.snapshot());
    Map<String, List<String>> written = SavedStores.contents(stores(), "job", newest.snapshot());
    assertThat(written.keySet()).isEqualTo(saved.keySet());
    written.forEach(
        (section, parts) -> assertThat(parts).as(section).isEqualTo(saved.get(section)));
  }
}
