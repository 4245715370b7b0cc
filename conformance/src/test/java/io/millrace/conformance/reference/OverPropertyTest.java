package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.reference.TableResult.Change;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Snapshot;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What analytic functions in any orders send changes into what they give when computed anew. */
class OverPropertyTest {
  private static final String OUTPUT = "result";
  private static final int QUERIES = 60;
  private static final int MOST_ROWS = 40;

  /** Of a table: more than are in memory where state is in files. */
  private static final int ROWS = 9;

  /** In how many tasks a script runs, then behind a restart. */
  private static final List<List<Integer>> TASKS =
      List.of(List.of(1), List.of(4), List.of(1, 1), List.of(4, 1), List.of(1, 3));

  private static final List<Supplier<StateBackend>> STATES = EngineRun.filesAndHeap();

  private int step;

  @Test
  void shouldChangeIntoWhatIsComputedAnewOfATableWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      OverQuery query = OverQuery.random(new Random(53L * QuerySeeds.of(number)), true);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> TableChange.random(r, step++, ROWS),
          changes -> checkTable(query, changes));
    }
  }

  @Test
  void shouldChangeIntoWhatIsComputedAnewOfAStreamWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      OverQuery query = OverQuery.random(new Random(59L * QuerySeeds.of(number)), false);
      step = 0;
      Property.check(1, MOST_ROWS, r -> InputRow.random(r, step++), rows -> check(query, rows));
    }
  }

  private static void checkTable(OverQuery query, List<TableChange> changes) {
    String script =
        "CREATE TABLE T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT);\n" + query.sql("T");
    List<Change> sent = oneByOne(script, query, changes, "T");
    TablePropertyTest.checkRuns(script, OUTPUT, STATES, changes, sent);
  }

  private static void check(OverQuery query, List<InputRow> rows) {
    String script =
        "CREATE STREAM S (k STRING, a INT, b BIGINT, ts TIMESTAMP, TIMESTAMP BY ts);\n"
            + query.sql("S");
    List<TableChange> changes = new ArrayList<>();
    rows.forEach(row -> changes.add(new TableChange(changes.size(), false, row)));
    List<Change> sent = oneByOne(script, query, changes, "S");
    int next = Math.floorMod(script.hashCode(), STATES.size());
    for (List<Integer> tasks : TASKS) {
      next++;
      List<Change> came = new ArrayList<>();
      Snapshot snapshot = null;
      for (int i = 0; i < tasks.size(); i++) {
        int from = rows.size() * i / tasks.size();
        int to = rows.size() * (i + 1) / tasks.size();
        Deployment deployment =
            Deployment.of(script).withSetting("parallelism", String.valueOf(tasks.get(i)));
        snapshot =
            play(
                STATES.get((next + i) % STATES.size()),
                snapshot == null ? deployment : deployment.restoring(snapshot),
                rows.subList(from, to),
                came);
      }
      assertThat(came).as("%s\nfrom start to start in tasks: %s", script, tasks).isEqualTo(sent);
    }
  }

  private static Snapshot play(
      Supplier<StateBackend> state, Deployment deployment, List<InputRow> rows, List<Change> came) {
    try (Engine engine =
        Engine.builder().clock(new VirtualClock(0)).batchSize(7).stateBackends(state).build()) {
      Job job = engine.deploy(deployment);
      job.output(OUTPUT).subscribe(row -> came.add(TablePropertyTest.change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.sendAll(rows.stream().map(InputRow::toMap).toList());
      return job.snapshot();
    }
  }

  /** What is sent, which must change into what is expected, change by change, and no more. */
  private static List<Change> oneByOne(
      String script, OverQuery query, List<TableChange> changes, String source) {
    List<Change> came = new ArrayList<>();
    List<Map<List<@Nullable Object>, List<@Nullable Object>>> expected = query.contents(changes);
    Map<List<@Nullable Object>, List<@Nullable Object>> contents = new HashMap<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).build()) {
      Job job = engine.deploy(Deployment.of(script));
      job.output(OUTPUT).subscribe(row -> came.add(TablePropertyTest.change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input(source);
      for (int number = 0; number < changes.size(); number++) {
        int known = came.size();
        TableChange change = changes.get(number);
        if (change.isDeletion()) {
          input.delete(change.toMap(), 0);
        } else {
          input.sendAll(List.of(source.equals("S") ? change.row().toMap() : change.toMap()));
        }
        apply(query, change, came.subList(known, came.size()), contents);
        assertThat(contents).as("%s\nafter %s", script, number).isEqualTo(expected.get(number));
      }
    }
    return came;
  }

  private static void apply(
      OverQuery query,
      TableChange cause,
      List<Change> changes,
      Map<List<@Nullable Object>, List<@Nullable Object>> contents) {
    Set<Object> keys = new HashSet<>();
    for (Change change : changes) {
      List<@Nullable Object> key = query.keyOf(change.values());
      assertThat(keys.add(key)).as("once: %s", change).isTrue();
      assertThat(contents.containsKey(key)).as("%s", change).isEqualTo(!change.kind().equals("+I"));
      boolean isOwn = query.selectsId() && key.get(0) instanceof Long id && id == cause.id();
      if (change.kind().equals("-D")) {
        contents.remove(key);
      } else {
        List<@Nullable Object> before = contents.put(key, change.values());
        assertThat(isOwn || !change.values().equals(before)).as("changed: %s", change).isTrue();
      }
    }
  }
}
