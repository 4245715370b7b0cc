package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Snapshot;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a ranking sends is what changes when all rows are ranked anew, however it is run. */
class RankingPropertyTest {
  private static final String OUTPUT = "result";
  private static final int QUERIES = 60;
  private static final int MOST_ROWS = 40;

  /** Of a table: more than are in memory where state is in files. */
  private static final int ROWS = 9;

  /** In how many tasks a script runs, then behind a restart. */
  private static final List<List<Integer>> TASKS =
      List.of(List.of(1), List.of(4), List.of(1, 1), List.of(4, 1), List.of(1, 3));

  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private static final List<Supplier<StateBackend>> STATES = EngineRun.filesAndHeap();

  private int step;

  @Test
  void shouldSendWhatChangesInTheRankingWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      RankedRows query = RankedRows.random(new Random(43L * QuerySeeds.of(number)), false);
      step = 0;
      Property.check(1, MOST_ROWS, r -> InputRow.random(r, step++), rows -> check(query, rows));
    }
  }

  @Test
  void shouldChangeIntoTheRankingOfATableWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      RankedRows query = RankedRows.random(new Random(47L * QuerySeeds.of(number)), true);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> TableChange.random(r, step++, ROWS),
          changes -> checkTable(query, changes));
    }
  }

  private static void checkTable(RankedRows query, List<TableChange> changes) {
    String script =
        "CREATE TABLE T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT);\n" + query.sql("T");
    List<TableResult.Change> sent = oneByOne(script, query, changes);
    TablePropertyTest.checkRuns(script, OUTPUT, STATES, changes, sent);
  }

  /** What is sent, which must change into what is expected, change by change. */
  private static List<TableResult.Change> oneByOne(
      String script, RankedRows query, List<TableChange> changes) {
    List<TableResult.Change> came = new ArrayList<>();
    List<Map<List<@Nullable Object>, List<@Nullable Object>>> expected = query.contents(changes);
    Map<List<@Nullable Object>, List<@Nullable Object>> contents = new HashMap<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).build()) {
      Job job = engine.deploy(Deployment.of(script));
      job.output(OUTPUT).subscribe(row -> came.add(TablePropertyTest.change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("T");
      for (int number = 0; number < changes.size(); number++) {
        int known = came.size();
        send(input, changes.get(number));
        Set<Object> keys = new HashSet<>();
        for (TableResult.Change change : came.subList(known, came.size())) {
          assertThat(keys.add(query.keyOf(change.values()))).as("once: %s", change).isTrue();
          apply(query, change, contents);
        }
        assertThat(contents).as("%s\nafter %s", script, number).isEqualTo(expected.get(number));
      }
    }
    return came;
  }

  private static void send(
      Input<Map<String, ? extends @Nullable Object>> input, TableChange change) {
    if (change.isDeletion()) {
      input.delete(change.toMap(), 0);
    } else {
      input.sendAll(List.of(change.toMap()));
    }
  }

  /** Applies a change to a result, which it must fit. */
  private static void apply(
      RankedRows query,
      TableResult.Change change,
      Map<List<@Nullable Object>, List<@Nullable Object>> contents) {
    List<@Nullable Object> key = query.keyOf(change.values());
    assertThat(contents.containsKey(key)).as("%s", change).isEqualTo(!change.kind().equals("+I"));
    if (change.kind().equals("-D")) {
      contents.remove(key);
    } else {
      contents.put(key, change.values());
    }
  }

  private static void check(RankedRows query, List<InputRow> rows) {
    String script =
        "CREATE STREAM S (k STRING, a INT, b BIGINT, ts TIMESTAMP, TIMESTAMP BY ts);\n"
            + query.sql("S");
    List<TableResult.Change> expected = query.changes(rows).stream().map(query::known).toList();
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      int batchSize = BATCH_SIZES[next++ % BATCH_SIZES.length];
      List<TableResult.Change> came = new ArrayList<>();
      Snapshot snapshot = null;
      int parts = tasks.size();
      for (int i = 0; i < parts; i++) {
        List<InputRow> part = rows.subList(rows.size() * i / parts, rows.size() * (i + 1) / parts);
        Deployment deployment =
            Deployment.of(script).withSetting("parallelism", String.valueOf(tasks.get(i)));
        snapshot =
            play(
                STATES.get((next + i) % STATES.size()),
                snapshot == null ? deployment : deployment.restoring(snapshot),
                batchSize,
                part,
                came);
      }
      assertThat(withDeletionsInOrder(came.stream().map(query::known).toList()))
          .as("%s\nbatch size %s, from start to start in tasks: %s", script, batchSize, tasks)
          .isEqualTo(withDeletionsInOrder(expected));
    }
  }

  /** Deletions that follow each other come in any order: one may be that of a later filter. */
  private static List<TableResult.Change> withDeletionsInOrder(List<TableResult.Change> changes) {
    List<TableResult.Change> ordered = new ArrayList<>(changes);
    for (int from = 0, to; from < ordered.size(); from = to + 1) {
      to = from;
      while (to < ordered.size() && ordered.get(to).kind().equals("-D")) {
        to++;
      }
      ordered.subList(from, to).sort(Comparator.comparing(TableResult.Change::toString));
    }
    return ordered;
  }

  private static Snapshot play(
      Supplier<StateBackend> state,
      Deployment deployment,
      int batchSize,
      List<InputRow> rows,
      List<TableResult.Change> came) {
    try (Engine engine =
        Engine.builder()
            .clock(new VirtualClock(0))
            .batchSize(batchSize)
            .stateBackends(state)
            .build()) {
      Job job = engine.deploy(deployment);
      job.output(OUTPUT).subscribe(row -> came.add(TablePropertyTest.change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.sendAll(rows.stream().map(InputRow::toMap).toList());
      return job.snapshot();
    }
  }
}
