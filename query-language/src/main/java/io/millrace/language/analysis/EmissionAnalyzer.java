package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses when rows are sent: what EMIT says, else the default of the window (LANGUAGE 5.1). */
final class EmissionAnalyzer {
  private static final String SLIDING = "sliding windows such as LENGTH";
  private final Reporter reporter;

  EmissionAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  /** The emission of an aggregate; after a report the default. */
  Emission choose(@Nullable EmitClause emit, WindowSpec window, boolean intoTable) {
    Emission usual = usual(window, intoTable);
    if (emit != null && RevisedWindows.of(emit, window) instanceof WindowSpec.Revised) {
      return revised(emit, intoTable);
    }
    if (emit == null || refusesRetractions(emit, window)) {
      return usual;
    }
    EmitMode mode = emit.mode();
    boolean isUnbounded = window instanceof WindowSpec.Unbounded;
    boolean closes = window.usualEmission() == Emission.FINAL;
    if (mode instanceof EmitMode.Final end) {
      if (refusesEarly(end.early() != null, emit)) {
        return usual;
      }
      return isUnbounded || closes
          ? Emission.FINAL
          : withoutEnd(emit, "EMIT FINAL", takes(window, intoTable, true), usual);
    }
    if (mode instanceof EmitMode.OnClose end) {
      return closes || refusesEarly(end.early() != null, emit)
          ? usual
          : withoutEnd(emit, "EMIT ON CLOSE", takes(window, intoTable, true), usual);
    }
    if (mode instanceof EmitMode.Changes) {
      return intoTable ? usual : changes(emit, window, usual);
    }
    if (mode instanceof EmitMode.RateLimit || mode instanceof EmitMode.Snapshot) {
      return usual;
    }
    boolean slides = showsWhatLeaves(window);
    if (slides && intoTable) {
      return half(mode, emit, usual);
    }
    if (mode instanceof EmitMode.OnArrival) {
      return slides ? usual : refused(emit, "EMIT ON ARRIVAL", SLIDING, usual);
    }
    return slides ? Emission.EXPIRY : refused(emit, "EMIT ON EXPIRY", SLIDING, usual);
  }

  /** The emission of batches of so many rows, of which a table has one of each partition. */
  Emission ofBatches(@Nullable EmitClause emit, WindowSpec window) {
    choose(emit, window, true);
    return emit != null && emit.mode() instanceof EmitMode.Changes
        ? Emission.CHANGELOG
        : Emission.FINAL_CHANGELOG;
  }

  /** Refuses what says of a window what enters it, or what leaves it, and not both. */
  private Emission half(EmitMode mode, EmitClause emit, Emission usual) {
    boolean isArrival = mode instanceof EmitMode.OnArrival;
    reporter.error(
        "bad-emit",
        emit.span(),
        (isArrival
                ? "EMIT ON ARRIVAL says nothing of what leaves its window"
                : "EMIT ON EXPIRY sends what has left its window")
            + ", but a table has what is there",
        isArrival ? "leave out EMIT" : "send it into a stream");
    return usual;
  }

  private static Emission changes(EmitClause emit, WindowSpec window, Emission usual) {
    if (showsWhatLeaves(window)) {
      return Emission.CHANGES;
    }
    if (window instanceof WindowSpec.LengthBatch) {
      return emit.isWithRetractions() ? Emission.RETRACTED_ROWS : Emission.EACH_ROW;
    }
    return usual;
  }

  private static Emission usual(WindowSpec window, boolean intoTable) {
    Emission usual = window.usualEmission();
    return intoTable && usual == Emission.EACH_ROW ? Emission.CHANGELOG : usual;
  }

  private Emission revised(EmitClause emit, boolean intoTable) {
    DurationLiteral early = RevisedWindows.early(emit.mode());
    if (early != null && early.millis() == 0) {
      reporter.error(
          "bad-emit", early.span(), "EARLY EVERY needs a positive duration such as 10 SECONDS");
    }
    return intoTable ? Emission.CHANGELOG : Emission.REVISIONS;
  }

  /** Refuses an aggregation that has nothing to keep. */
  void refuseWithoutAggregates(Span span) {
    reporter.error(
        "bad-aggregation",
        span,
        "an aggregation needs an aggregate or GROUP BY",
        "say what is kept of the rows of a bucket, such as count(*) or sum(x)");
  }

  /**
   * Checks that a filter says the same of a row when it is sent and when it is taken back.
   *
   * @param isOfKind whether it reads ROW_KIND, which differs between both
   * @param condition what HAVING says of groups
   */
  void checkHaving(Grouping grouping, boolean isOfKind, RowExpression condition, Span span) {
    if (grouping.retracts() && (isOfKind || !condition.isDeterministic())) {
      reporter.error(
          RetractionReaders.CODE, span, RetractionReaders.unsteady("HAVING"), "leave that out");
    }
  }

  /** Whether it is known of a sliding window what leaves it when. */
  static boolean showsWhatLeaves(WindowSpec window) {
    return window.isSliding() && window.usualEmission() == Emission.EACH_ROW;
  }

  /**
   * The emission of a query without aggregates, whose rows go on as they come, or as they leave
   * their window; after a report the default.
   */
  Emission choosePlain(@Nullable EmitClause emit, WindowSpec window, boolean intoTable) {
    if (emit != null && !emit.isWithRetractions() && showsWhatLeaves(window)) {
      if (emit.mode() instanceof EmitMode.OnExpiry && !intoTable) {
        return Emission.EXPIRY;
      }
      if (emit.mode() instanceof EmitMode.Changes) {
        return intoTable ? Emission.CONTENTS : Emission.CHANGES;
      }
    }
    if (emit != null
        && intoTable
        && window.isSliding()
        && emit.mode() instanceof EmitMode.OnExpiry) {
      half(emit.mode(), emit, Emission.EACH_ROW);
    } else {
      checkPlain(emit, window, intoTable);
    }
    return Emission.EACH_ROW;
  }

  private void checkPlain(@Nullable EmitClause emit, WindowSpec window, boolean intoTable) {
    if (emit == null || refusesRetractions(emit, window)) {
      return;
    }
    EmitMode mode = emit.mode();
    if (mode instanceof EmitMode.Changes) {
      return;
    }
    if (mode instanceof EmitMode.OnArrival && showsWhatLeaves(window)) {
      return;
    }
    if (mode instanceof EmitMode.RateLimit) {
      return;
    }
    if (mode instanceof EmitMode.OnExpiry || mode instanceof EmitMode.OnArrival) {
      String clause = mode instanceof EmitMode.OnExpiry ? "EXPIRY" : "ARRIVAL";
      reporter.error("bad-emit", emit.span(), "EMIT ON " + clause + " is for " + SLIDING);
      return;
    }
    if (mode instanceof EmitMode.Final || mode instanceof EmitMode.OnClose) {
      checkEnd(mode, emit, window, intoTable);
      return;
    }
    if (mode instanceof EmitMode.Snapshot) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "EMIT EVERY sends what aggregates are now and then, but this query has none",
          intoTable
              ? "this query sends each change at once"
              : "the last row of each interval is sent with EMIT LAST EVERY");
    }
  }

  /** Refuses what waits for an end, but for windows that have one and need aggregates for all. */
  private void checkEnd(EmitMode mode, EmitClause emit, WindowSpec window, boolean intoTable) {
    String clause = mode instanceof EmitMode.Final ? "EMIT FINAL" : "EMIT ON CLOSE";
    if (window instanceof WindowSpec.Unbounded) {
      reporter.error(
          "bad-emit",
          emit.span(),
          clause
              + " waits for the last word on a result, but this query has no aggregates: each"
              + " of its rows is final when it comes",
          "leave out EMIT");
    } else if (window.usualEmission() != Emission.FINAL) {
      withoutEnd(emit, clause, takes(window, intoTable, false), Emission.EACH_ROW);
    }
  }

  /** Refuses to take rows back where none is replaced, or nobody would know of it. */
  private boolean refusesRetractions(EmitClause emit, WindowSpec window) {
    if (!emit.isWithRetractions()) {
      return false;
    }
    EmitMode mode = emit.mode();
    if (isOnce(mode, window)) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "here each row is sent once and is final, so that none takes another back",
          "leave out WITH RETRACTIONS");
      return true;
    }
    Optional<String> reason = withoutRetractions(mode);
    reason.ifPresent(
        why ->
            reporter.error(
                "bad-emit",
                emit.span(),
                why,
                "EMIT CHANGES WITH RETRACTIONS sends each change behind what it replaces"));
    return reason.isPresent();
  }

  /** Whether rows are sent once, and nothing corrects them. */
  private static boolean isOnce(EmitMode mode, WindowSpec window) {
    return mode instanceof EmitMode.Final
        ? window instanceof WindowSpec.LengthBatch || window instanceof WindowSpec.Unbounded
        : mode instanceof EmitMode.OnClose && window instanceof WindowSpec.LengthBatch;
  }

  /** Why rows of a mode take none back; empty if the mode itself is to be refused. */
  private static Optional<String> withoutRetractions(EmitMode mode) {
    if (mode instanceof EmitMode.RateLimit) {
      return Optional.of(
          "a rate limit leaves rows out, so that a row could take one back that has never been sent");
    }
    if (mode instanceof EmitMode.Snapshot) {
      return Optional.of(
          "a snapshot of EMIT EVERY is whole by itself, and takes back nothing of the one before");
    }
    if (mode instanceof EmitMode.OnArrival || mode instanceof EmitMode.OnExpiry) {
      return Optional.of(
          "EMIT ON ARRIVAL and ON EXPIRY leave changes out, so that what they send cannot take back"
              + " what is no more");
    }
    return Optional.empty();
  }

  /** Estimates come so long behind the start of their window, before its end. */
  private boolean refusesEarly(boolean isEarly, EmitClause emit) {
    if (isEarly) {
      reporter.error(
          "bad-emit",
          emit.span(),
          "EMIT EARLY is for windows with a start and an end such as TUMBLING",
          "what is there now and then is sent with EMIT EVERY");
    }
    return isEarly;
  }

  private Emission withoutEnd(
      EmitClause emit, String clause, Optional<String> hint, Emission usual) {
    reporter.error("bad-emit", emit.span(), clause + " is for windows that close", hint);
    return usual;
  }

  /** What may be said of when the rows of a window without an end are sent. */
  private static Optional<String> takes(
      WindowSpec window, boolean intoTable, boolean hasAggregates) {
    if (window instanceof WindowSpec.Unbounded) {
      return Optional.empty();
    }
    if (intoTable || !showsWhatLeaves(window)) {
      return Optional.of("leave out EMIT");
    }
    return Optional.of(
        hasAggregates
            ? "a sliding window takes EMIT CHANGES, ON ARRIVAL, ON EXPIRY and EVERY 10 SECONDS"
            : "a sliding window takes EMIT CHANGES, ON ARRIVAL and ON EXPIRY");
  }

  private Emission refused(EmitClause emit, String clause, String where, Emission usual) {
    reporter.error("bad-emit", emit.span(), clause + " is for " + where);
    return usual;
  }
}
