package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A row for which a join has no room is late, and the result is that of a join which has room for
 * all rows but never sees this one, however rows come in batches and whenever it is restarted.
 */
class JoinLimitPropertyTest {
  private static final int ROWS = 120;
  private static final int SEEDS = 4;
  private static final int[] BATCH_SIZES = {1, 7, 1024};
  private static final String LIMIT = "SET 'join.max.rows' = '5';\nSET 'join.overflow' = 'late';\n";

  /** A row of one of two streams; time moves by it, whether the join sees it or not. */
  private record Event(boolean isLeft, int n, @Nullable String k, long ts) {
    Map<String, @Nullable Object> toMap(boolean isGone) {
      Map<String, @Nullable Object> map = new HashMap<>();
      map.put("n", n);
      map.put("k", k);
      map.put("gone", isGone);
      map.put("ts", Instant.ofEpochMilli(ts));
      return map;
    }
  }

  /** One side gives several rows while the other is silent. */
  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    long time = 10_000;
    boolean isLeft = true;
    for (int i = 0; i < ROWS; i++) {
      if (random.nextInt(6) == 0) {
        isLeft = !isLeft;
      }
      time += random.nextInt(200);
      String key = random.nextInt(5) == 0 ? null : String.valueOf((char) ('x' + random.nextInt(3)));
      events.add(new Event(isLeft, i, key, time - random.nextInt(700)));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A WINDOW TIME (1 SEC) a JOIN B WINDOW TIME (2 SEC) b",
        "A WINDOW TIME (1 SEC) a LEFT JOIN B b",
        "A WINDOW HOPPING (1 SEC, 300 MS) a FULL JOIN B WINDOW CUMULATE (500 MS, 2 SEC) b",
        "A WINDOW TIME (1 SEC) a FULL JOIN B WINDOW TIME (2 SEC) b",
        "A a FULL JOIN B b WITHIN 1 SEC"
      })
  void shouldJoinAsIfLateRowsHadNotBeen(String join) {
    String script =
        """
        CREATE STREAM Late (n INT);
        CREATE STREAM S (n INT, k STRING, gone BOOLEAN, ts TIMESTAMP,
          WATERMARK FOR ts AS ts - 500 MS LATE INTO Late);
        CREATE STREAM T (n INT, k STRING, gone BOOLEAN, ts TIMESTAMP,
          WATERMARK FOR ts AS ts - 500 MS LATE INTO Late);
        CREATE STREAM A AS SELECT n, k, ts FROM S WHERE NOT gone;
        CREATE STREAM B AS SELECT n, k, ts FROM T WHERE NOT gone;
        """
            + "CREATE STREAM O AS SELECT a.n AS x, b.n AS y FROM "
            + join
            + " ON a.k = b.k;";
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Event> events = events(new Random(join.hashCode() + QuerySeeds.of(seed)));
      Run first = new Run(LIMIT + script, 1, 1, Set.of()).play(events, 1);
      assertThat(first.late).isNotEmpty();
      assertThat(first.came).isNotEmpty();
      for (int batchSize : BATCH_SIZES) {
        Run run = new Run(LIMIT + script, batchSize, 4, Set.of()).play(events, batchSize % 5);
        assertThat(run.came).as("%s batch size %d", script, batchSize).isEqualTo(first.came);
        assertThat(run.late).as("%s batch size %d", script, batchSize).isEqualTo(first.late);
      }
      Run without = new Run(script, 7, 1, new TreeSet<>(first.late)).play(events, 1);
      assertThat(without.came).as(script).isEqualTo(first.came);
      assertThat(without.late).isEmpty();
    }
  }

  private static final class Run {
    private final String script;
    private final int batchSize;
    private final int tasks;
    private final Set<Integer> gone;
    private final List<String> came = new ArrayList<>();
    private final List<Integer> late = new ArrayList<>();

    Run(String script, int batchSize, int tasks, Set<Integer> gone) {
      this.script = script;
      this.batchSize = batchSize;
      this.tasks = tasks;
      this.gone = gone;
    }

    /**
     * @param restarts how often it is restarted, and 1
     */
    Run play(List<Event> events, int restarts) {
      Snapshot snapshot = null;
      for (int i = 0; i < restarts; i++) {
        int from = events.size() * i / restarts;
        int to = events.size() * (i + 1) / restarts;
        snapshot = play(events.subList(from, to), snapshot, i == restarts - 1);
      }
      return this;
    }

    private Snapshot play(List<Event> events, @Nullable Snapshot from, boolean ends) {
      Deployment deployment =
          Deployment.of(script).withSetting("parallelism", String.valueOf(tasks));
      try (Engine engine =
          Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
        Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
        job.output("O").subscribe(row -> came.add(row.rowtime() + " " + row.values()));
        job.output("Late").subscribe(row -> late.add((int) row.getLong("n")));
        int next = 0;
        while (next < events.size()) {
          boolean isLeft = events.get(next).isLeft;
          List<Map<String, @Nullable Object>> together = new ArrayList<>();
          while (next < events.size() && events.get(next).isLeft == isLeft) {
            Event event = events.get(next++);
            together.add(event.toMap(gone.contains(event.n)));
          }
          job.input(isLeft ? "S" : "T").sendAll(together);
        }
        if (ends) {
          job.inputs().forEach(stream -> job.input(stream).end());
        }
        return job.snapshot();
      }
    }
  }
}
