package io.millrace.language.analysis;

import io.millrace.language.ast.EmitInterval;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.EmissionInterval;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.spi.error.Span;
import java.util.List;

/** Makes the rate limits of EMIT FIRST, LAST and ALL (LANGUAGE 5.1). */
final class RateLimitAnalyzer {
  private static final String CODE = "bad-emit";
  private final Reporter reporter;
  private final EmitMode.RateLimit limit;
  private final Span span;

  /**
   * @param span of EMIT
   */
  RateLimitAnalyzer(Reporter reporter, EmitMode.RateLimit limit, Span span) {
    this.reporter = reporter;
    this.limit = limit;
    this.span = span;
  }

  /**
   * The columns that tell the groups of a query apart.
   *
   * @param input the rows that are grouped
   * @param columns the result; keys that it does not have are added behind
   */
  List<Integer> groups(SelectAnalyzer.Keys keys, PlanNode input, List<ResultColumn> columns) {
    return ResultColumn.places(keys.all(input), columns, "group_", span);
  }

  /** DISTINCT compares rows without the columns that only the limit needs. */
  void checkDistinct(boolean selectsGroups) {
    if (!selectsGroups) {
      reporter.error(
          CODE,
          span,
          "the rows of SELECT DISTINCT are limited by group, so that the select list needs all"
              + " columns of GROUP BY and PARTITION BY");
    }
  }

  /**
   * Reports a limit of the changes of a table.
   *
   * @param isInto whether a table is made; else they are sent
   * @param isGrouped whether they are those of groups
   */
  void refuseTable(boolean isInto, boolean isGrouped) {
    String clauses = "EMIT FIRST, LAST and ALL leave rows out or hold them back, but ";
    if (isInto) {
      reporter.error(
          CODE, span, clauses + "a table has each change at once", "send the rows into a stream");
    } else {
      reporter.error(
          CODE,
          span,
          clauses + "this query sends the changes of a table, of which none may be missing",
          isGrouped ? "what is there now and then is sent with EMIT EVERY" : "leave out EMIT");
    }
  }

  /** The limited rows. */
  PlanNode limit(PlanNode rows, List<Integer> groups) {
    RateLimitNode.Kind kind =
        switch (limit.kind()) {
          case FIRST -> RateLimitNode.Kind.FIRST;
          case LAST -> RateLimitNode.Kind.LAST;
          case ALL -> RateLimitNode.Kind.ALL;
        };
    return new RateLimitNode(rows, kind, interval(reporter, limit.interval()), groups);
  }

  /** What EVERY counts; any interval after a report. */
  static EmissionInterval interval(Reporter reporter, EmitInterval interval) {
    if (interval instanceof EmitInterval.Time time) {
      long millis = time.duration().millis();
      if (millis <= 0) {
        reporter.error(
            CODE, time.duration().span(), "EVERY takes a positive duration such as 10 SECONDS");
      }
      return new EmissionInterval.Time(Math.max(1, millis));
    }
    EmitInterval.Events events = (EmitInterval.Events) interval;
    boolean isValid =
        events.count().value().signum() > 0 && events.count().value().bitLength() <= 31;
    if (!isValid) {
      reporter.error(
          CODE,
          events.count().span(),
          "EVERY takes a number of events from 1 to " + Integer.MAX_VALUE);
    }
    return new EmissionInterval.Rows(isValid ? events.count().value().longValueExact() : 1);
  }
}
