package io.millrace.conformance.reference;

import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random joins of random rows give what the reference evaluator says, however they are run. */
class JoinPropertyTest {
  private static final int QUERIES = 8;
  private static final int HISTORIES = 2;
  private static final int MOST_ROWS = 50;
  private static final int MOST_SLACK = 9_000;
  private static final String LATE =
      "CREATE STREAM O (k STRING, a INT, b BIGINT, ts TIMESTAMP, LATE_BY BIGINT);\n";

  private int step;

  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinWhatIsWithinATimeWhenRowsComeInAnyOrder(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = seed(31, type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WithinJoin join = WithinJoin.random(type, JoinCondition.random(random), random);
      SidedRow.Slacks slacks = SidedRow.Slacks.random(random, MOST_SLACK);
      long lag = 700L * random.nextInt(20);
      step = 0;
      Property.check(
          HISTORIES,
          MOST_ROWS,
          r -> SidedRow.random(of(seed, r), step++, lag),
          rows ->
              JoinRun.check(
                  SidedRow.streams(slacks, "") + join.sql("L", "R"),
                  events(rows),
                  join.results(WithinJoin.arrivals(rows, slacks))));
    }
  }

  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinAStreamWithItself(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES / 2; number++) {
      long seed = seed(37, type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WithinJoin join = WithinJoin.random(type, JoinCondition.safe(random), random);
      SidedRow.Slacks slacks = SidedRow.Slacks.random(random, MOST_SLACK);
      step = 0;
      Property.check(
          HISTORIES,
          MOST_ROWS,
          r -> SidedRow.random(of(seed, r), step++, 0).row(),
          rows ->
              JoinRun.check(
                  SidedRow.streams(slacks, "") + join.sql("L", "L"),
                  events(rows.stream().map(row -> new SidedRow(true, row)).toList()),
                  join.results(WithinJoin.ofItself(rows, slacks.of(true)))));
    }
  }

  @Test
  void shouldSendIntoAStreamWhatComesTooLateForAJoin() {
    for (int number = 0; number < QUERIES; number++) {
      long seed = seed(41, number);
      Random random = new Random(seed);
      JoinOutput.JoinType[] types = JoinOutput.JoinType.values();
      JoinOutput.JoinType type = types[random.nextInt(types.length)];
      WithinJoin join = WithinJoin.random(type, JoinCondition.safe(random), random);
      SidedRow.Slacks slacks = SidedRow.Slacks.declared(random, MOST_SLACK / 3);
      String script =
          LATE
              + SidedRow.streams(slacks, " LATE INTO O")
              + join.sql("L", "R").replace("CREATE STREAM O", "CREATE STREAM J");
      step = 0;
      Property.check(
          HISTORIES,
          MOST_ROWS,
          r -> SidedRow.random(of(seed, r), step++, 0),
          rows ->
              JoinRun.check(
                  script, events(rows), join.lateRows(WithinJoin.arrivals(rows, slacks))));
    }
  }

  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinWhatIsInWindowsWhenRowsAreSorted(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = seed(43, type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WindowJoin join = WindowJoin.random(type, random);
      check(seed, join, SidedRow.Slacks.declared(random, MOST_SLACK), 700L * random.nextInt(20));
    }
  }

  /** The side that falls silent never speaks again: so nothing that it has given is late. */
  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinWhatASideHasGivenBeforeItFellSilent(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES / 2; number++) {
      long seed = seed(61, type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WindowJoin join = WindowJoin.random(type, random);
      SidedRow.Slacks slacks = SidedRow.Slacks.declared(random, MOST_SLACK);
      String leftMayBeIdle =
          SidedRow.streams(slacks, "").replaceFirst("MILLISECONDS", "$0 IDLE TIMEOUT 5 SEC");
      step = 0;
      Property.check(
          HISTORIES,
          MOST_ROWS,
          r -> SidedRow.random(of(seed, r), step++, 0),
          rows -> {
            int silentFrom = rows.size() / 2;
            List<SidedRow> history = new ArrayList<>(rows.subList(0, silentFrom));
            rows.subList(silentFrom, rows.size())
                .forEach(row -> history.add(new SidedRow(false, row.row())));
            List<JoinRun.Event> events = new ArrayList<>(events(history));
            events.add(silentFrom, JoinRun.Event.clock(10_000));
            JoinRun.check(join.sql(leftMayBeIdle), events, join.results(history, slacks));
          });
    }
  }

  @ParameterizedTest
  @EnumSource(JoinOutput.JoinType.class)
  void shouldJoinWhatIsInWindowsWhenRowsAreTakenAsTheyCome(JoinOutput.JoinType type) {
    for (int number = 0; number < QUERIES / 2; number++) {
      long seed = seed(47, type.ordinal() * QUERIES + number);
      Random random = new Random(seed);
      WindowJoin join = WindowJoin.random(type, random);
      check(seed, join, new SidedRow.Slacks(-1, -1), 0);
    }
  }

  private void check(long seed, WindowJoin join, SidedRow.Slacks slacks, long lag) {
    step = 0;
    Property.check(
        HISTORIES,
        MOST_ROWS,
        r -> SidedRow.random(of(seed, r), step++, lag),
        rows ->
            JoinRun.check(
                join.sql(SidedRow.streams(slacks, "")), events(rows), join.results(rows, slacks)));
  }

  @Test
  void shouldJoinRowsOfAStreamWithWhatIsInATableWhenTheyCome() {
    for (int number = 0; number < 2 * QUERIES; number++) {
      long seed = seed(53, number);
      Random random = new Random(seed);
      TableJoin join = TableJoin.random(random);
      SidedRow.Slacks slacks = SidedRow.Slacks.random(random, MOST_SLACK);
      step = 0;
      Property.check(
          HISTORIES,
          MOST_ROWS,
          r -> TableJoin.Step.random(of(seed, r), step++),
          steps ->
              JoinRun.check(
                  SidedRow.streams(slacks, "") + join.sql(),
                  steps.stream().map(TableJoin.Step::event).toList(),
                  join.results(steps)));
    }
  }

  @Test
  void shouldGiveEachCombinationOfThreeStreamsOnce() {
    for (int number = 0; number < 2 * QUERIES; number++) {
      long seed = seed(59, number);
      ThreeWayJoin join = ThreeWayJoin.random(new Random(seed));
      checkOfThree(
          seed,
          rows ->
              JoinRun.checkInAnyOrder(
                  join.sql(), eventsOfThree(join.history(rows)), join.results(rows)));
    }
  }

  @Test
  void shouldJoinWhatIsInThreeWindowsWhicheverTwoAreJoinedFirst() {
    for (int number = 0; number < 3 * QUERIES; number++) {
      long seed = seed(71, number);
      ThreeWindowJoin join = ThreeWindowJoin.random(new Random(seed));
      checkOfThree(
          seed,
          rows ->
              JoinRun.checkInAnyOrder(
                  join.sql(), eventsOfThree(join.history(rows)), join.results(rows)));
    }
  }

  @Test
  void shouldTakeBackOfThreeStreamsWhatHasBeenSentTooEarly() {
    for (int number = 0; number < 4 * QUERIES; number++) {
      long seed = seed(67, number);
      Random random = new Random(seed);
      ThreeWayJoin join = ThreeWayJoin.outer(random);
      String order = random.nextBoolean() ? "SET 'join.order' = 'time';\n" : "";
      checkOfThree(
          seed,
          rows ->
              JoinRun.checkWhatIsLeft(
                  order + join.sql(" EMIT CHANGES WITH RETRACTIONS"),
                  eventsOfThree(join.history(rows)),
                  join.results(rows)));
    }
  }

  private void checkOfThree(long seed, Consumer<List<ThreeWayJoin.Row>> check) {
    step = 0;
    Property.check(HISTORIES, MOST_ROWS, r -> ThreeWayJoin.Row.random(of(seed, r), step++), check);
  }

  private static List<JoinRun.Event> eventsOfThree(List<ThreeWayJoin.Row> rows) {
    return rows.stream().map(ThreeWayJoin.Row::event).toList();
  }

  private static long seed(int kind, int number) {
    return kind * QuerySeeds.of(number);
  }

  /** What a row is made of: from query to query other ones. */
  private static Random of(long seed, Random random) {
    return new Random(31 * random.nextLong() + seed);
  }

  private static List<JoinRun.Event> events(List<SidedRow> rows) {
    return rows.stream().map(SidedRow::event).toList();
  }
}
