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

  private static final String ORDERED = "ordered ";
  private static final String LIMITED = "limited ";
  private static final String DISTINCT = "distinct of ";

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
        "distinct of sliding snapshots of all"
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
        "rows table",
        "newest of tumbling",
        "newest of hopping",
        "newest of session",
        "newest of cumulate",
        "newest of batch"
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
      ReferenceQuery query = query(kind, random);
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
      LateRows query = new LateRows((LateRows.Window) query(kind, random));
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
      ReferenceQuery query = query(kind, random);
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

  static ReferenceQuery query(String kind, Random random) {
    if (kind.startsWith(LIMITED)) {
      String limited = kind.substring(LIMITED.length());
      return LimitedEmissions.random(query(limited, random), limited, random);
    }
    if (kind.startsWith(DISTINCT)) {
      return new DistinctEmissions(query(kind.substring(DISTINCT.length()), random));
    }
    if (kind.startsWith(ORDERED)) {
      ReferenceQuery query = query(kind.substring(ORDERED.length()), random);
      String rest = query instanceof ReferenceQuery.AtEnd ? " EMIT FINAL" : "";
      return OrderedEmissions.random(query, rest, random);
    }
    return ofOneKind(kind, random);
  }

  private static ReferenceQuery ofOneKind(String kind, Random random) {
    Condition where = Condition.random(random, 2);
    Term term = Term.random(random, 2);
    Summary summary = Summary.random(random);
    String window = kind.substring(kind.lastIndexOf(' ') + 1);
    return switch (kind.substring(0, kind.length() - window.length())) {
      case "sets in " -> GroupingSetRows.random(window, where, summary, random, false);
      case "having sets in " -> GroupingSetRows.random(window, where, summary, random, true);
      case "sets of " -> ofSets(window, where, term, summary, random);
      case "having " -> new RevisedHaving(RevisedWindows.random(window, where, summary, random));
      case "reader of " -> RetractionReader.random(window, where, summary, random);
      case "newest of " -> NewestWindows.random(window, where, summary, random);
      case "rows in " -> WindowRows.random(window, where, term, random);
      case "values in " -> DistinctRows.random(window, where, summary, random);
      case "revised " -> RevisedWindows.random(window, where, summary, random);
      default -> ofOneKind(kind, where, term, summary, random);
    };
  }

  private static ReferenceQuery ofOneKind(
      String kind, Condition where, Term term, Summary summary, Random random) {
    return switch (kind) {
      case "plain" -> new ReferenceQuery.Plain(where, Term.random(random, 3), false);
      case "distinct" -> new ReferenceQuery.Plain(where, term, true);
      case "two" ->
          new ReferenceQuery.Two(
              new ReferenceQuery.Plain(where, term, false),
              new ReferenceQuery.Plain(Condition.random(random, 2), Term.random(random, 2), false));
      case "grouped" -> new ReferenceQuery.Grouped(where, summary.withoutWindow());
      case "rollup" -> new Rollup(where, summary.withoutWindow());
      case "regrouped" -> Regrouped.random(where, summary, random);
      case "regrouped windows" -> Regrouped.InWindows.random(where, summary, random);
      case "tumbling" ->
          new ReferenceQuery.Tumbling(
              where,
              summary,
              1_000L * (1 + random.nextInt(8)),
              250L * random.nextInt(4),
              1_500L * random.nextInt(3));
      case "hopping" -> ClosingWindows.hopping(where, summary, random);
      case "length batch" ->
          new Batches.ByLength(where, summary, 1 + random.nextInt(6), random.nextBoolean());
      case "batch of all" -> new Batches.ByLength(where, summary, 1 + random.nextInt(9), false);
      case "at end" ->
          new ReferenceQuery.AtEnd(new ReferenceQuery.Grouped(where, summary.withoutWindow()));
      case "time batch" -> new Batches.ByTime(where, summary, 250L * (1 + random.nextInt(20)));
      case "session" ->
          new SessionWindows(
              where, summary, 250L * (1 + random.nextInt(12)), 1_500L * random.nextInt(3));
      case "time", "ticks" -> SlidingTime.random(where, summary, kind.equals("ticks"), random);
      case "time changes" ->
          new SlidingChanges(where, summary, 500L * (1 + random.nextInt(20)), random.nextBoolean());
      case "analytic" -> AnalyticRows.random(where, summary, random);
      case "waiting" -> WaitingRows.random(where, random);
      case "cumulate" -> ClosingWindows.cumulate(where, summary, random);
      default -> atIntervals(kind, where, term, summary, random);
    };
  }

  private static ReferenceQuery atIntervals(
      String kind, Condition where, Term term, Summary summary, Random random) {
    return switch (kind) {
      case "snapshots" -> {
        boolean isTime = random.nextBoolean();
        long every = isTime ? 500L * (1 + random.nextInt(12)) : 1 + random.nextInt(5);
        yield new GroupSnapshots(where, summary.withoutWindow(), every, isTime);
      }
      case "row changes" ->
          SlidingRows.changes(
              where,
              term,
              summary,
              random.nextBoolean() ? SlidingRows.CHANGES : SlidingRows.EXPIRY,
              random);
      case "distinct changes" -> ChangedRows.random(where, term, summary, random);
      case "replaced groups" ->
          new ReplacedGroups(
              new ReferenceQuery.Grouped(where, summary.withoutWindow()),
              random.nextInt(4) - 1,
              random.nextBoolean());
      case "sliding groups" -> SlidingGroups.random(where, term, summary, random);
      case "rows table" -> WindowRowsTable.random(where, term, random);
      case "batch table" -> BatchTable.random(where, summary, random);
      case "window table" -> WindowTable.random(where, term, random);
      case "sliding snapshots" ->
          SlidingSnapshots.random(where, term, summary, random.nextBoolean(), random);
      case "sliding snapshots of all" ->
          SlidingSnapshots.random(where, term, summary, false, random);
      default -> slidingRows(kind, where, term, summary, random);
    };
  }

  private static ReferenceQuery slidingRows(
      String kind, Condition where, Term term, Summary summary, Random random) {
    int slide = 0;
    SlidingRows.Contents contents;
    if (kind.equals("length looks")) {
      int length = 1 + random.nextInt(6);
      slide = 1 + random.nextInt(length);
      contents = new SlidingRows.Length(length, slide);
    } else {
      contents = SlidingRows.Contents.random(kind, term, random);
    }
    return new SlidingRows(
        where, summary, contents, slide, random.nextBoolean(), random.nextBoolean(), "");
  }

  private static ReferenceQuery ofSets(
      String window, Condition where, Term term, Summary summary, Random random) {
    return switch (window) {
      case "tumbling" -> new GroupingSetRows(ofOneKind(window, where, term, summary, random));
      case "changes" ->
          GroupingSetRows.InWindows.of(
              SlidingRows.changes(
                  List.of("length", "unique", "expression", "sorted"),
                  where,
                  term,
                  summary,
                  random.nextBoolean() ? SlidingRows.CHANGES : SlidingRows.EXPIRY,
                  random));
      default -> {
        String kind = window.equals("looks") ? "length looks" : window;
        yield GroupingSetRows.InWindows.of(
            (SlidingRows) slidingRows(kind, where, term, summary, random));
      }
    };
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
