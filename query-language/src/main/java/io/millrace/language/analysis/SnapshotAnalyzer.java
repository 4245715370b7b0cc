package io.millrace.language.analysis;

import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.EmissionInterval;
import io.millrace.language.plan.SlidingSnapshots;
import io.millrace.language.plan.WindowSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the snapshots of EMIT EVERY: of everything since the start, or of a window, which is looked
 * at now and then as one of these that say so by themselves. Of these it makes windows that send
 * with each row, where EMIT asks for that.
 */
final class SnapshotAnalyzer {
  private static final String CODE = "bad-emit";
  private final Reporter reporter;

  SnapshotAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  /**
   * The window as EMIT looks at it; the same without EMIT EVERY and after a report.
   *
   * @param isOrdered whether what is sent together is sorted or cut, so that it must be told apart
   * @param isFiltered whether not all rows that enter are wanted
   */
  WindowSpec window(
      AnalyzedRelation source,
      @Nullable EmitClause emit,
      boolean isOrdered,
      boolean isFiltered,
      Purpose purpose) {
    WindowSpec window = source.window();
    if (source.isWindowFaulty()) {
      return window;
    }
    if (emit != null && sendsEachRow(emit.mode())) {
      return withoutLooks(window);
    }
    if (emit == null || !(emit.mode() instanceof EmitMode.Snapshot snapshot)) {
      return window instanceof WindowSpec.LengthSlide looks && (isOrdered || isFiltered)
          ? new SlidingSnapshots(
              new WindowSpec.Length(looks.rows()), new EmissionInterval.Rows(looks.slide()), false)
          : window;
    }
    EmissionInterval every = RateLimitAnalyzer.interval(reporter, snapshot.interval());
    if (purpose == Purpose.TABLE) {
      reporter.error(
          CODE, emit.span(), "EMIT EVERY is for streams, but a table has each change at once");
      return window;
    }
    if (window instanceof WindowSpec.Unbounded) {
      return new WindowSpec.Snapshots(every);
    }
    if (window instanceof WindowSpec.Length length
        && every instanceof EmissionInterval.Rows rows
        && !isOrdered
        && !isFiltered) {
      return new WindowSpec.LengthSlide(length.rows(), rows.count());
    }
    if (window instanceof WindowSpec.Sliding sliding
        && window.usualEmission() == Emission.EACH_ROW) {
      boolean countsWanted = isFiltered && every instanceof EmissionInterval.Rows;
      return new SlidingSnapshots(sliding, every, countsWanted);
    }
    reporter.error(
        CODE,
        emit.span(),
        "EMIT EVERY is for windows that send at each arrival and for queries without a window",
        every instanceof EmissionInterval.Time && RevisedWindows.canBeRevised(window)
            ? Optional.of(
                "EMIT EARLY EVERY d FINAL sends estimates of a window until it closes, then its"
                    + " result")
            : Optional.empty());
    return window;
  }

  private static boolean sendsEachRow(EmitMode mode) {
    return mode instanceof EmitMode.Changes
        || mode instanceof EmitMode.OnArrival
        || mode instanceof EmitMode.OnExpiry;
  }

  /** The window of the same contents that is not looked at now and then: it sends as EMIT says. */
  private static WindowSpec withoutLooks(WindowSpec window) {
    if (window instanceof WindowSpec.TimeSlide looks) {
      return new WindowSpec.Time(looks.sizeMillis());
    }
    return window instanceof WindowSpec.LengthSlide looks
        ? new WindowSpec.Length(looks.rows())
        : window;
  }
}
