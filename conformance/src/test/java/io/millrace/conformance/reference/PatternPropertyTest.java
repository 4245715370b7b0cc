package io.millrace.conformance.reference;

import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random patterns match in random rows what the reference evaluator says, however they are run. */
class PatternPropertyTest {
  private static final int QUERIES = 6;

  /** How many are run in one way each: what few patterns show takes many. */
  private static final int MANY_QUERIES = 120;

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

  /** The stream that falls silent never speaks again: so nothing that it has given is late. */
  @ParameterizedTest
  @EnumSource(RandomPattern.Kind.class)
  void shouldMatchWhatAStreamHasGivenBeforeItFellSilent(RandomPattern.Kind kind) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = seed(79, kind, 12, number);
      PatternQuery query = PatternQuery.random(kind, 1_000L * (number % 5), new Random(seed));
      String mayBeIdle = query.sql().replaceFirst(" MS\\);", " MS IDLE TIMEOUT 5 SEC);");
      check(
          HISTORIES,
          seed,
          MOST_SLACK,
          rows -> {
            int silentFrom = rows.size() / 2;
            List<PatternEvent> history = new ArrayList<>(rows.subList(0, silentFrom));
            rows.subList(silentFrom, rows.size()).stream()
                .filter(row -> !row.stream().equals(PatternEvent.stream(0)))
                .forEach(history::add);
            List<JoinRun.Event> events = new ArrayList<>(events(history));
            events.add(silentFrom, JoinRun.Event.clock(10_000));
            JoinRun.check(mayBeIdle, events, query.results(history));
          });
    }
  }

  @ParameterizedTest
  @EnumSource(RandomPattern.Kind.class)
  void shouldMatchInManyPatternsWhatIsExpected(RandomPattern.Kind kind) {
    for (int i = 0; i < MANY_QUERIES; i++) {
      int number = i;
      long slack = i % 2 == 0 ? -1 : 1_000L * (i % 5);
      long seed = seed(73, kind, MANY_QUERIES, number);
      PatternQuery query = PatternQuery.random(kind, slack, new Random(seed));
      check(
          1,
          seed,
          i % 2 == 0 ? 0 : MOST_SLACK,
          rows -> JoinRun.checkOneWay(number, query.sql(), events(rows), query.results(rows)));
    }
  }

  private void check(int prime, RandomPattern.Kind kind, int number, long slack, long back) {
    long seed = seed(prime, kind, 12, number);
    PatternQuery query = PatternQuery.random(kind, slack, new Random(seed));
    check(
        HISTORIES,
        seed,
        back,
        rows -> JoinRun.check(query.sql(), events(rows), query.results(rows)));
  }

  private void check(int histories, long seed, long back, Consumer<List<PatternEvent>> check) {
    step = 0;
    Property.check(
        histories,
        MOST_ROWS,
        r -> PatternEvent.random(new Random(31 * r.nextLong() + seed), step++, back),
        check::accept);
  }

  private static long seed(int prime, RandomPattern.Kind kind, int queries, int number) {
    return MIX * (prime * QuerySeeds.of(queries * kind.ordinal() + number));
  }

  private static List<JoinRun.Event> events(List<PatternEvent> rows) {
    return rows.stream().map(PatternEvent::event).toList();
  }
}
