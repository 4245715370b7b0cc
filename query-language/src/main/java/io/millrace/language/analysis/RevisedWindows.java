package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.EmitClause;
import io.millrace.language.ast.EmitMode;
import io.millrace.language.plan.Revisions;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.WindowSpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the windows that send more than their last word: estimates, corrections, changes; and
 * batches of so many rows whose changes are compared.
 */
final class RevisedWindows {
  private RevisedWindows() {}

  /** The window of a query with what EMIT says, or as it is where that changes nothing of it. */
  static WindowSpec of(@Nullable EmitClause emit, WindowSpec window) {
    return of(emit, window, false);
  }

  /**
   * The window of a query.
   *
   * @param isDistinct whether its rows are compared
   */
  static WindowSpec of(@Nullable EmitClause emit, WindowSpec window, boolean isDistinct) {
    if (emit == null) {
      return window;
    }
    EmitMode mode = emit.mode();
    if (window instanceof WindowSpec.LengthBatch batch) {
      return mode instanceof EmitMode.Changes changes
              && (isDistinct || changes.isDistinct())
              && !emit.isWithRetractions()
          ? new WindowSpec.LengthBatch(batch.rows(), true)
          : batch;
    }
    if (!canBeRevised(window)) {
      return window;
    }
    DurationLiteral early = early(mode);
    boolean isRevised =
        early != null
            || (mode instanceof EmitMode.OnClose && window.graceMillis() > 0)
            || mode instanceof EmitMode.Changes
            || (emit.isWithRetractions() && closes(mode));
    return isRevised
        ? new WindowSpec.Revised(
            (WindowSpec.Closing) window,
            new Revisions(
                results(mode), early == null ? 0 : early.millis(), emit.isWithRetractions()))
        : window;
  }

  /** The interval of EARLY EVERY, or null. */
  static @Nullable DurationLiteral early(EmitMode mode) {
    if (mode instanceof EmitMode.Final end) {
      return end.early();
    }
    return mode instanceof EmitMode.OnClose end ? end.early() : null;
  }

  private static boolean closes(EmitMode mode) {
    return mode instanceof EmitMode.Final || mode instanceof EmitMode.OnClose;
  }

  /** Whether EMIT may ask for more of a window than its last word. */
  static boolean canBeRevised(WindowSpec window) {
    return window instanceof WindowSpec.Closing && !(window instanceof RollupWindow);
  }

  private static Revisions.Results results(EmitMode mode) {
    if (mode instanceof EmitMode.Final) {
      return Revisions.Results.FINAL;
    }
    return mode instanceof EmitMode.OnClose
        ? Revisions.Results.ON_CLOSE
        : Revisions.Results.CHANGES;
  }
}
