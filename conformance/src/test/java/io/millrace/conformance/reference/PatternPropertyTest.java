package io.millrace.conformance.reference;

import io.millrace.testkit.Property;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random patterns match in random rows what the reference evaluator says, however they are run. */
class PatternPropertyTest {
  /** Other queries, for a longer search: {@code -Dmillrace.queries=N}. */
  private static final long SEED = Long.getLong("millrace.queries", 0);

  private static final int QUERIES = 6;
  private static final int HISTORIES = 2;
  private static final int MOST_ROWS = 60;
  private static final int MOST_SLACK = 4_000;

  /** Spreads seeds that are near each other: what is made of them first would be alike. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private int step;

  @ParameterizedTest
  @EnumSource(RandomPattern.Kind.class)
  void shouldMatchRowsAsTheyCome(RandomPattern.Kind kind) {
    for (int number = 0; number < QUERIES; number++) {
      check(67, kind, number, -1, 0);
    }
  }

  @ParameterizedTest
  @EnumSource(RandomPattern.Kind.class)
  void shouldMatchRowsInTheOrderOfTheirTimesWhenDisorderIsDeclared(RandomPattern.Kind kind) {
    for (int number = 0; number < QUERIES; number++) {
      check(71, kind, number, 1_000L * (number % 5), MOST_SLACK);
    }
  }

  private void check(int prime, RandomPattern.Kind kind, int number, long slack, long back) {
    long seed = MIX * (prime * (12 * kind.ordinal() + number + 1_000 * SEED));
    PatternQuery query = PatternQuery.random(kind, slack, new Random(seed));
    step = 0;
    Property.check(
        HISTORIES,
        MOST_ROWS,
        r -> PatternEvent.random(new Random(31 * r.nextLong() + seed), step++, back),
        rows -> JoinRun.check(query.sql(), events(rows), query.results(rows)));
  }

  private static List<JoinRun.Event> events(List<PatternEvent> rows) {
    return rows.stream().map(PatternEvent::event).toList();
  }
}
