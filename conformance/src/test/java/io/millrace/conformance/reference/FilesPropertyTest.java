package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.Property;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random queries over random rows give what the reference evaluator says when nearly all of their
 * state is in files: also behind restarts, in other numbers of tasks.
 */
class FilesPropertyTest {
  private static final int QUERIES = 4;
  private static final int MOST_ROWS = 60;

  /** More than there are slots. */
  private static final int KEYS = 9;

  private static final int MOST_SLACK = 9_000;
  private static final List<List<Integer>> TASKS =
      List.of(List.of(1), List.of(1, 1), List.of(4, 1, 3));
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private int step;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grouped",
        "tumbling",
        "hopping",
        "cumulate",
        "ticks",
        "session",
        "time",
        "length",
        "unique",
        "time length",
        "sorted",
        "time changes",
        "row changes",
        "length batch",
        "sliding snapshots",
        "sliding groups",
        "analytic",
        "waiting",
        "window table",
        "newest of hopping",
        "newest of session",
        "revised tumbling",
        "revised hopping",
        "revised cumulate",
        "revised session",
        "revised batch",
        "sets in hopping",
        "rows in session",
        "limited session"
      })
  void shouldGiveWhatTheReferenceSaysWhenQueriesAreRandom(String kind) {
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(67L * kind.hashCode() + QuerySeeds.of(number));
      long slack = random.nextBoolean() ? -1 : 3_000L * random.nextInt(3);
      ReferenceQuery query = RandomQueries.query(kind, random);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> InputRow.random(r, step++, KEYS),
          rows -> check(query, slack, rows, query.results(rows, slack)));
    }
  }

  /** Rows wait for their place in time. */
  @ParameterizedTest
  @ValueSource(strings = {"hopping", "session", "time", "length", "unique", "expression", "sorted"})
  void shouldGiveTheResultOfSortedRowsWhenTheirDisorderIsDeclared(String kind) {
    for (int number = 0; number < QUERIES; number++) {
      Random random = new Random(71L * kind.hashCode() + QuerySeeds.of(number));
      ReferenceQuery query = RandomQueries.query(kind, random);
      long slack = 1L + random.nextInt(6_000);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> Delayed.random(r, InputRow.random(r, step++, KEYS), slack),
          rows ->
              check(
                  query,
                  slack,
                  Delayed.asTheyCome(rows),
                  query.results(Delayed.sorted(rows), slack)));
    }
  }

  private static void check(
      ReferenceQuery query, long slack, List<InputRow> rows, List<ResultRow> expected) {
    String script = query.script(slack);
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      int batchSize = BATCH_SIZES[next++ % BATCH_SIZES.length];
      EngineRun run = EngineRun.inFiles(script, batchSize, tasks);
      run.play(rows);
      assertThat(run.results(expected)).as(run.toString()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinWhatIsWithinATimeWhenRowsComeInAnyOrder(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = 73 * QuerySeeds.of(type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WithinJoin join = WithinJoin.random(type, JoinCondition.random(random), random);
      SidedRow.Slacks slacks = SidedRow.Slacks.random(random, MOST_SLACK);
      long lag = 700L * random.nextInt(20);
      step = 0;
      Property.check(
          1,
          MOST_ROWS,
          r -> SidedRow.random(new Random(31 * r.nextLong() + seed), step++, lag),
          rows ->
              JoinRun.checkInFiles(
                  SidedRow.streams(slacks, "") + join.sql("L", "R"),
                  rows.stream().map(SidedRow::event).toList(),
                  join.results(WithinJoin.arrivals(rows, slacks))));
    }
  }
}
