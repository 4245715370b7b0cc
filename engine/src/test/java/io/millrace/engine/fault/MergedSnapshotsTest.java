package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.snapshot.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs that take many snapshots of state that is great beside what changes. */
@Timeout(300)
final class MergedSnapshotsTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int KEYS = 2_000;
  private static final int MOST_PARTS = 64;
  private static final int GREAT_CHANGE = 3_000;
  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + """
          CREATE STREAM Sums WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events GROUP BY k;
          """;

  private final World world = new World(5);
  private long rows;

  MergedSnapshotsTest() {
    List<InputRow> first = new ArrayList<>();
    for (; rows < KEYS; rows++) {
      first.add(new InputRow(rows, "k" + rows, 1));
    }
    world.addInput("Events", List.of(first));
  }

  private Job start(Engine engine) {
    return WorldJob.start(engine, SCRIPT, "1000 h");
  }

  /** Has a key change and a snapshot committed. */
  private void commitOne(Job job, long before) {
    world.append("Events", new InputRow(rows, "k" + rows % 3, 1));
    rows++;
    WorldJob.awaitRows(job, rows - before);
    job.commit(LONG);
  }

  /** The parts of the state of the last snapshot. */
  private List<Part> parts() {
    List<Long> ids = world.store().ids();
    return world.store().manifest(ids.get(ids.size() - 1)).sections().stream()
        .filter(section -> section.name().startsWith("operator"))
        .findFirst()
        .orElseThrow()
        .parts();
  }

  /** The sums that a process begun anew goes on with. */
  private void assertGoesOn() {
    long sum = LongStream.range(KEYS, rows).filter(row -> row % 3 == 0).count() + 1;
    long before = rows;
    try (Engine engine = WorldJob.engine(world)) {
      Job job = start(engine);
      while (rows % 3 != 0) {
        commitOne(job, before);
      }
      commitOne(job, before);
    }
    List<String> sums = world.ledger("Sums");
    assertThat(sums.get(sums.size() - 1)).isEqualTo(rows - 1 + " k0 " + (sum + 1));
    assertThat(sums).hasSize((int) rows);
  }

  @Test
  void shouldKeepFewPartsHoweverManySnapshotsThereAre() {
    try (Engine engine = WorldJob.engine(world)) {
      Job job = start(engine);
      int merges = 0;
      int before = 0;
      while (merges < 3) {
        commitOne(job, 0);
        int now = parts().size();
        merges += now < before ? 1 : 0;
        before = now;
      }
    }
    // The first merge is of the beginning and all keys.
    assertThat(rows).isBetween(KEYS + 2L * MOST_PARTS, KEYS + 50L * MOST_PARTS);
    assertGoesOn();
  }

  @Test
  void shouldMergeSmallStateWhenThatOfAnotherOperatorAlwaysChangesMore() {
    String script =
        SCRIPT
            + """
            CREATE STREAM Counts WITH (connector = 'plain') AS
            SELECT name, count(*) AS n
            FROM (SELECT CAST(v AS STRING) || ' is the beginning of a long name of a group' AS name FROM Events)
            GROUP BY name;
            """;
    CountingStores stores = new CountingStores(new WorldStores(world));
    int most = 0;
    try (Engine engine = WorldJob.engine(world, stores)) {
      Job job = WorldJob.start(engine, script, "1000 h");
      for (int snapshot = 0; snapshot < 2 * MOST_PARTS; snapshot++) {
        commitGreatChange(job);
        List<Integer> sizes =
            stores.last().sections().stream()
                .filter(section -> section.name().startsWith("operator"))
                .map(section -> section.parts().size())
                .toList();
        most = Math.max(most, Collections.max(sizes));
        if (snapshot > 0) {
          stores.awaitMerge(); // the counts always need one
        }
      }
    }
    assertThat(most).isBetween(MOST_PARTS, MOST_PARTS + 3);
  }

  /** Has very many groups of one operator change, and a snapshot committed. */
  private void commitGreatChange(Job job) {
    InputRow[] next = new InputRow[GREAT_CHANGE];
    for (int i = 0; i < GREAT_CHANGE; i++) {
      next[i] = new InputRow(rows, "k" + i % 3, i);
    }
    world.append("Events", next);
    rows += GREAT_CHANGE;
    WorldJob.awaitRows(job, rows);
    job.commit(LONG);
  }

  @Test
  void shouldLoseNothingWhenThePowerFailsWhileItMerges() {
    try (Engine engine = WorldJob.engine(world)) {
      Job job = start(engine);
      world.losePowerAt("write a merged part");
      assertThatThrownBy(
              () -> {
                while (true) {
                  commitOne(job, 0);
                }
              })
          .isInstanceOfAny(RuntimeException.class, AssertionError.class);
    }
    assertThat(world.hasFailed()).isTrue();
    world.restorePower();
    assertGoesOn();
  }

  @Test
  void shouldGoOnWhenPartsCannotBeMergedForAWhile() {
    try (Engine engine = WorldJob.engine(world)) {
      Job job = start(engine);
      world.breakDown("write a merged part");
      while (parts().size() < 2 * MOST_PARTS) {
        commitOne(job, 0);
      }
      world.repair();
      while (parts().size() > MOST_PARTS) {
        commitOne(job, 0);
      }
    }
    assertThat(world.hasFailed()).isTrue();
    assertGoesOn();
  }
}
