package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a query over a table sends is what changes in its result, however it is run. */
class TablePropertyTest {
  private static final int QUERIES = 25;
  private static final int MOST_CHANGES = 40;

  /** In how many tasks a script runs, then behind a restart, then behind another one. */
  private static final List<List<Integer>> TASKS =
      List.of(
          List.of(1), List.of(4), List.of(1, 1), List.of(4, 4), List.of(1, 4), List.of(4, 1, 3));

  /** Each way of running a script has one of them, from query to query another one. */
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private int step;

  @ParameterizedTest
  @EnumSource(TableQuery.Kind.class)
  void shouldSendWhatChangesInTheResultWhenQueriesAreRandom(TableQuery.Kind kind) {
    for (int number = 0; number < QUERIES; number++) {
      TableQuery query =
          TableQuery.random(kind, new Random(31L * kind.ordinal() + QuerySeeds.of(number)));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  @Test
  void shouldKeepNewestRowOfEachKeyWhenTableHasAnotherOne() {
    for (int number = 0; number < QUERIES; number++) {
      RekeyedTable query = RekeyedTable.random(new Random(QuerySeeds.of(number)));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  @Test
  void shouldSendWhatChangesInTheGroupsWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      TableGroups query = TableGroups.random(new Random(QuerySeeds.of(number)));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  @Test
  void shouldSendWhatChangesInTheGroupsWhenTablesAreUnited() {
    for (int number = 0; number < QUERIES; number++) {
      UnitedGroups query = UnitedGroups.random(new Random(QuerySeeds.of(number)));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  @Test
  void shouldSendGroupsTogetherWhenQueriesAreRandom() {
    for (int number = 0; number < 2 * QUERIES; number++) {
      TableSnapshots query = TableSnapshots.random(new Random(QuerySeeds.of(number)));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  private static void check(TableResult query, List<TableChange> changes) {
    String script =
        "CREATE TABLE T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT);\n" + query.sql();
    List<TableResult.Change> expected = query.changes(changes);
    checkRuns(script, query.output(), changes, expected);
  }

  /**
   * Plays changes of the table T in all ways of running a script.
   *
   * @param expected what comes from the output
   */
  static void checkRuns(
      String script, String output, List<TableChange> changes, List<TableResult.Change> expected) {
    checkRuns(script, output, List.of(HeapStateBackend::new), changes, expected);
  }

  /**
   * The same.
   *
   * @param states where state is: from start to start the next one, from run to run another first
   */
  static void checkRuns(
      String script,
      String output,
      List<Supplier<StateBackend>> states,
      List<TableChange> changes,
      List<TableResult.Change> expected) {
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      int batchSize = BATCH_SIZES[next++ % BATCH_SIZES.length];
      List<TableResult.Change> came = new ArrayList<>();
      Snapshot snapshot = null;
      int parts = tasks.size();
      for (int i = 0; i < parts; i++) {
        List<TableChange> part =
            changes.subList(changes.size() * i / parts, changes.size() * (i + 1) / parts);
        boolean isLast = i == parts - 1;
        Way way = new Way(batchSize, tasks.get(i), states.get((next + i) % states.size()));
        snapshot = play(script, output, way, part, isLast, snapshot, came);
      }
      assertThat(came)
          .as("%s\nbatch size %s, from start to start in tasks: %s", script, batchSize, tasks)
          .isEqualTo(expected);
    }
  }

  /** How a script runs. */
  private record Way(int batchSize, int parallelism, Supplier<StateBackend> state) {}

  /** Plays changes of the table T, and takes down what comes from an output. */
  private static Snapshot play(
      String script,
      String output,
      Way way,
      List<TableChange> changes,
      boolean isLast,
      @Nullable Snapshot from,
      List<TableResult.Change> came) {
    Deployment deployment =
        Deployment.of(script).withSetting("parallelism", String.valueOf(way.parallelism));
    try (Engine engine =
        Engine.builder()
            .functions(UserAggregateExamples.classes())
            .clock(new VirtualClock(0))
            .batchSize(way.batchSize)
            .stateBackends(way.state)
            .build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output(output).subscribe(row -> came.add(change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("T");
      List<Map<String, @Nullable Object>> upserts = new ArrayList<>();
      List<Long> times = new ArrayList<>();
      for (TableChange change : changes) {
        if (change.isDeletion()) {
          upsert(input, upserts, times);
          input.delete(change.toMap(), change.row().ts());
        } else {
          upserts.add(change.toMap());
          times.add(change.row().ts());
        }
      }
      upsert(input, upserts, times);
      if (isLast) {
        input.end();
      }
      return job.snapshot();
    }
  }

  /** Sends rows with their times, and forgets them. */
  private static void upsert(
      Input<Map<String, ? extends @Nullable Object>> input,
      List<Map<String, @Nullable Object>> rows,
      List<Long> times) {
    input.sendAll(List.copyOf(rows), times.stream().mapToLong(Long::longValue).toArray());
    rows.clear();
    times.clear();
  }

  static TableResult.Change change(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : row.values()) {
      values.add(value instanceof Integer number ? (Object) number.longValue() : value);
    }
    return new TableResult.Change(row.kind().symbol(), values);
  }
}
