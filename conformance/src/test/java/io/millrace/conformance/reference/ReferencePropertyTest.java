package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.Property;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random queries over random rows give what the reference evaluator says, however they are run. */
class ReferencePropertyTest {
  private static final int QUERIES = 15;
  private static final int FEWER_QUERIES = 4;
  private static final int MOST_ROWS = 60;

  /** In how many tasks a script runs, then behind a restart, then behind another one. */
  private static final List<List<Integer>> TASKS =
      List.of(
          List.of(1), List.of(4), List.of(1, 1), List.of(4, 4), List.of(1, 4), List.of(4, 1, 3));

  /** Each way of running a script has one of them, from query to query another one. */
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private int step;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "distinct",
        "two",
        "grouped",
        "rollup",
        "regrouped",
        "regrouped windows",
        "tumbling",
        "length",
        "length looks",
        "unique",
        "time length",
        "expression",
        "sorted",
        "hopping",
        "cumulate",
        "time",
        "time changes",
        "ticks",
        "session",
        "revised tumbling",
        "revised hopping",
        "revised cumulate",
        "revised session",
        "revised batch",
        "revised cron",
        "length batch",
        "time batch",
        "ordered tumbling",
        "ordered hopping",
        "ordered cumulate",
        "ordered ticks",
        "ordered session",
        "ordered batch of all",
        "ordered at end"
      })
  void shouldGiveWhatTheReferenceSaysWhenQueriesAreRandom(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshots",
        "ordered snapshots",
        "row changes",
        "having tumbling",
        "having hopping",
        "having session",
        "having batch",
        "sliding snapshots",
        "ordered sliding snapshots of all",
        "limited plain",
        "limited distinct",
        "limited grouped",
        "limited tumbling",
        "limited hopping",
        "limited session",
        "limited ticks",
        "limited ordered tumbling"
      })
  void shouldGiveWhatTheReferenceSaysWhenEmissionsAreAtIntervals(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reader of tumbling",
        "reader of hopping",
        "reader of session",
        "reader of cron",
        "values of rows in session",
        "values in tumbling",
        "values in hopping",
        "values in sliding",
        "distinct of tumbling",
        "distinct of hopping",
        "distinct of session",
        "distinct of ticks",
        "distinct of batch of all",
        "distinct of time batch",
        "distinct of snapshots",
        "distinct of sliding snapshots of all",
        "distinct sliding",
        "distinct table of tumbling",
        "distinct table of hopping",
        "distinct table of session",
        "elements in everything",
        "elements in tumbling",
        "elements in hopping",
        "elements in cumulate",
        "elements in session",
        "elements in corrections",
        "elements in batch",
        "elements in looks",
        "elements in snapshots",
        "distinct of elements in tumbling"
      })
  void shouldGiveWhatTheReferenceSaysWhenRowsGoAgainOrAreEqual(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sets in tumbling",
        "sets in hopping",
        "sets in cumulate",
        "sets in session",
        "having sets in tumbling",
        "having sets in hopping",
        "having sets in session",
        "ordered sets of tumbling",
        "sets of length",
        "sets of looks",
        "sets of unique",
        "sets of expression",
        "sets of sorted",
        "sets of changes"
      })
  void shouldGiveWhatTheReferenceSaysWhenGroupedBySetsOfKeys(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rows in tumbling",
        "rows in hopping",
        "rows in cumulate",
        "rows in session",
        "rows in batch",
        "rows in corrections",
        "rows in looks",
        "rows in snapshots",
        "rows in changes"
      })
  void shouldGiveWhatTheReferenceSaysWhenRowsOfWindowsAreSent(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window table",
        "sliding groups",
        "distinct changes",
        "replaced groups",
        "batch table",
        "batch elements",
        "rows table",
        "newest of tumbling",
        "newest of hopping",
        "newest of session",
        "newest of cumulate",
        "newest of batch",
        "groups of rows in sliding",
        "groups of rows in tumbling",
        "groups of rows in hopping",
        "groups of rows in session",
        "groups of rows in changes"
      })
  void shouldGiveWhatTheReferenceSaysWhenChangesAreSent(String kind) {
    checkRandom(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"analytic", "waiting"})
  void shouldGiveWhatTheReferenceSaysWhenRowsLookAtOthers(String kind) {
    checkRandom(kind);
  }

  private void checkRandom(String kind) {
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(31L * kind.hashCode() + QuerySeeds.of(number));
      boolean isSorted = kind.endsWith("time batch");
      long slack = random.nextBoolean() && !isSorted ? -1 : 3_000L * random.nextInt(3);
      ReferenceQuery query = RandomQueries.query(kind, random);
      step = 0;
      Property.check(
          1, MOST_ROWS, r -> InputRow.random(r, step++), rows -> check(query, slack, rows));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tumbling",
        "hopping",
        "cumulate",
        "length",
        "unique",
        "sorted",
        "sets of tumbling",
        "sets of length"
      })
  void shouldSendIntoAStreamWhatIsLateForTheReference(String kind) {
    for (int number = 0; number < FEWER_QUERIES; number++) {
      Random random = new Random(37L * kind.hashCode() + QuerySeeds.of(number));
      LateRows query = new LateRows((LateRows.Window) RandomQueries.query(kind, random));
      boolean isSorted =
          query.query() instanceof SlidingRows
              || query.query() instanceof GroupingSetRows.InWindows;
      long slack = random.nextBoolean() && !isSorted ? -1 : 1_500L * random.nextInt(3);
      step = 0;
      Property.check(
          1, MOST_ROWS, r -> InputRow.random(r, step++), rows -> check(query, slack, rows));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tumbling",
        "hopping",
        "cumulate",
        "session",
        "time",
        "time changes",
        "ticks",
        "length",
        "length looks",
        "unique",
        "time length",
        "expression",
        "sorted",
        "length batch",
        "time batch"
      })
  void shouldGiveTheResultOfSortedRowsWhenTheirDisorderIsDeclared(String kind) {
    for (int number = 0; number < FEWER_QUERIES; number++) {
      Random random = new Random(41L * kind.hashCode() + QuerySeeds.of(number));
      ReferenceQuery query = RandomQueries.query(kind, random);
      long slack = 1L + random.nextInt(6_000);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> Delayed.random(r, InputRow.random(r, step++), slack),
          rows ->
              check(
                  query,
                  slack,
                  Delayed.asTheyCome(rows),
                  query.results(Delayed.sorted(rows), slack)));
    }
  }

  private static void check(ReferenceQuery query, long slack, List<InputRow> rows) {
    check(query, slack, rows, query.results(rows, slack));
  }

  private static void check(
      ReferenceQuery query, long slack, List<InputRow> rows, List<ResultRow> expected) {
    String script = query.script(slack);
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      EngineRun run = new EngineRun(script, BATCH_SIZES[next++ % BATCH_SIZES.length], tasks);
      run.play(rows);
      assertThat(run.results(expected)).as(run.toString()).isEqualTo(expected);
      if (!query.mayDropLateRows(slack) && tasks.size() == 1) {
        assertThat(run.failures()).as("failed rows of " + run).isEqualTo(query.failures(rows));
      }
    }
  }
}
