package io.millrace.conformance.reference;

import java.util.List;
import java.util.Random;

/** Makes random queries, and what they mean, by the names of their kinds. */
final class RandomQueries {
  private static final String ORDERED = "ordered ";
  private static final String LIMITED = "limited ";
  private static final String DISTINCT = "distinct of ";

  private RandomQueries() {}

  /** A query of a kind. */
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
      case "distinct table of " ->
          new DistinctTable(ofOneKind(window, where, term, summary, random));
      case "groups of rows in " -> GroupedWindow.random(window, where, term, random);
      case "elements in " -> ExplodedLists.random(window, where, term, random);
      case "rows in " -> WindowRows.random(window, where, term, random);
      case "values of rows in " ->
          new DistinctSessionRows(WindowRows.random(window, where, term, random));
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
      case "distinct sliding" -> DistinctSliding.random(where, term, summary, random);
      case "sliding groups" -> SlidingGroups.random(where, term, summary, random);
      case "rows table" -> WindowRowsTable.random(where, term, random);
      case "batch table" -> BatchTable.random(where, summary, random);
      case "batch elements" -> BatchElements.random(where, term, random);
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
}
