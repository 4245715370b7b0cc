package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that has taken very many snapshots, in files, is as one that has taken a few: it has no
 * more files, and a restart reads no more. What it reads is counted and not timed, so that it is
 * the same on each machine. {@code -Dmillrace.snapshots=10000} is what counts; there are fewer by
 * default.
 */
@Timeout(900)
final class LongRunTest {
  private static final int SNAPSHOTS = Integer.getInteger("millrace.snapshots", 2_000);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int KEYS = 2_000;
  private static final int MOST_ROWS = 6;

  /** What merges leave alone, and what comes while each of the operators waits for its turn. */
  private static final int MOST_PARTS = 64 + 8;

  /** A data file for each part, merged ones, and a lock, manifests, and one that is written. */
  private static final int MOST_FILES = MOST_PARTS + 12;

  /** Groups that stay, groups that come and go, and logs. */
  private static final String SCRIPT =
      WorldJob.INPUT.replace("'world'", "'world', end = 'no'")
          + """
          CREATE STREAM Sums WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events GROUP BY k;

          CREATE STREAM Windows WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events WINDOW TUMBLING (10 MS) GROUP BY k;

          CREATE STREAM Last WITH (connector = 'ledger') AS
          SELECT k, sum(v) AS s FROM Events WINDOW LENGTH (3) PARTITION BY k;
          """;

  private final World world = new World(5);
  private final Random random = new Random(7);
  private final Map<String, Long> sums = new HashMap<>();
  private long rows;
  private long time;

  /** The largest that was seen. */
  private int files;

  private int parts;
  private long bytes;
  private long changes;

  @TempDir(factory = InMemory.class)
  private Path folder;

  LongRunTest() {
    List<InputRow> first = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      first.add(row("k" + key));
    }
    world.addInput("Events", List.of(first));
  }

  private InputRow row(String key) {
    long value = random.nextInt(100);
    sums.merge(key, value, Long::sum);
    rows++;
    return new InputRow(time, key, value);
  }

  @Test
  void shouldHaveFewFilesAndReadLittleWhenItHasTakenVeryManySnapshots() throws IOException {
    CountingStores stores = new CountingStores(new FileSnapshotStores(folder, null));
    try (Engine engine = WorldJob.engine(world, stores)) {
      Job job = start(engine);
      WorldJob.awaitRows(job, rows);
      job.commit(LONG);
      for (int snapshot = 0; snapshot < SNAPSHOTS; snapshot++) {
        changeSome();
        job.commit(LONG); // a row that comes too late for it is in the next one
        note(stores.last());
        letMergesFollow(stores);
      }
      WorldJob.awaitRows(job, rows);
      job.commit(LONG);
      assertThat(job.metrics().snapshots().committed()).isGreaterThanOrEqualTo(SNAPSHOTS);
    }
    assertThat(stores.merges()).isGreaterThan(SNAPSHOTS / MOST_PARTS);
    assertThat(parts).isBetween(64, MOST_PARTS);
    assertThat(files).isLessThanOrEqualTo(MOST_FILES);

    CountingStores again = new CountingStores(new FileSnapshotStores(folder, null));
    Manifest last = stores.last();
    long live;
    try (Engine engine = WorldJob.engine(world, again)) {
      Job job = start(engine);
      assertThat(again.manifestsRead()).isEqualTo(1);
      assertThat(length(again.read())).isEqualTo(last.length());
      assertThat(again.read()).doesNotHaveDuplicates();
      assertThat(filesOf(again.read())).hasSizeLessThanOrEqualTo(MOST_FILES);
      long before = rows;
      changeSome();
      WorldJob.awaitRows(job, rows - before);
      job.snapshot(); // so that the next one stands by itself
      job.commit(LONG);
      live = operators(again.last()).stream().mapToLong(LongRunTest::length).sum();
    }
    assertThat(operators(again.last())).allSatisfy(it -> assertThat(it.parts()).hasSize(1));
    assertThat(bytes).isLessThanOrEqualTo(2 * live + MOST_PARTS * changes);
    assertSums();
  }

  private static Job start(Engine engine) {
    return WorldJob.start(engine, SCRIPT, "1000 h");
  }

  private void changeSome() {
    int count = 1 + random.nextInt(MOST_ROWS);
    InputRow[] next = new InputRow[count];
    for (int i = 0; i < count; i++) {
      time++;
      next[i] = row("k" + random.nextInt(KEYS));
    }
    world.append("Events", next);
  }

  private void note(Manifest manifest) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("job"))) {
      files = Math.max(files, (int) all.count());
    }
    long read = 0;
    long changed = 0;
    for (Section section : operators(manifest)) {
      List<Part> all = section.parts();
      parts = Math.max(parts, all.size());
      read += length(section);
      changed += all.size() == 1 ? 0 : all.get(all.size() - 1).length();
    }
    bytes = Math.max(bytes, read);
    changes = Math.max(changes, changed);
  }

  /** So that it does not depend on the machine how many snapshots there are during a merge. */
  private void letMergesFollow(CountingStores stores) {
    boolean isDue =
        operators(stores.last()).stream().anyMatch(section -> section.parts().size() > 64);
    if (isDue) {
      stores.awaitMerge();
    }
  }

  private static List<Section> operators(Manifest manifest) {
    return manifest.sections().stream()
        .filter(section -> section.name().startsWith("operator"))
        .toList();
  }

  private static long length(Section section) {
    return length(section.parts());
  }

  private static long length(List<Part> parts) {
    return parts.stream().mapToLong(Part::length).sum();
  }

  private static Set<String> filesOf(List<Part> parts) {
    return parts.stream().map(Part::file).collect(Collectors.toCollection(HashSet::new));
  }

  private void assertSums() {
    List<String> all = world.ledger("Sums");
    assertThat(all).hasSize((int) rows);
    Map<String, Long> found = new HashMap<>();
    for (String row : all) {
      String[] values = row.split(" ");
      found.put(values[1], Long.valueOf(values[2]));
    }
    assertThat(found).isEqualTo(sums);
  }
}
