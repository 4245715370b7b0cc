package io.millrace.language.analysis;

import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A source of FROM with what its columns are called.
 *
 * @param window its window; unbounded for none
 * @param delayMillis how much later its rows pass, as WINDOW DELAY has it; 0 if they do at once
 * @param late what becomes of its late rows
 * @param isWindowFaulty whether it has a window whose error has been reported
 * @param matches what is seen of it, if it is a pattern
 */
record AnalyzedRelation(
    PlanNode plan,
    List<Scope.Source> sources,
    WindowSpec window,
    long delayMillis,
    LateRows late,
    boolean isWindowFaulty,
    Optional<PatternMatches> matches) {
  /** What stands for rows that come from an error. */
  private static final PlanNode NOTHING =
      new ScanNode(
          new StreamDeclaration(
              "",
              false,
              new Schema(List.of()),
              List.of(),
              new TimeAttribute.Undeclared(),
              0,
              null,
              null,
              null,
              Map.of(),
              false,
              null,
              null,
              null,
              Span.NONE),
          List.of(),
          new Schema(List.of()));

  AnalyzedRelation {
    sources = List.copyOf(sources);
  }

  AnalyzedRelation(
      PlanNode plan,
      List<Scope.Source> sources,
      WindowSpec window,
      long delayMillis,
      LateRows late,
      boolean isWindowFaulty) {
    this(plan, sources, window, delayMillis, late, isWindowFaulty, Optional.empty());
  }

  /** The matches of a pattern. */
  static AnalyzedRelation of(PlanNode plan, PatternMatches matches) {
    return new AnalyzedRelation(
        plan,
        matches.scope().sources(),
        new WindowSpec.Unbounded(),
        0,
        LateRows.DROPPED,
        false,
        Optional.of(matches));
  }

  static AnalyzedRelation of(PlanNode plan, List<Scope.Source> sources) {
    return new AnalyzedRelation(
        plan, sources, new WindowSpec.Unbounded(), 0, LateRows.DROPPED, false);
  }

  /** A relation of which only an error is known, which has been reported. */
  static AnalyzedRelation open(@Nullable String name) {
    return of(NOTHING, List.of(Scope.open(name)));
  }

  /** Whether a query reads a relation of which only an error is known. */
  static boolean isOverOpen(PlanNode plan) {
    return plan.equals(NOTHING) || plan.inputs().stream().anyMatch(AnalyzedRelation::isOverOpen);
  }

  boolean isOpen() {
    return sources.stream().anyMatch(Scope.Source::isOpen);
  }

  boolean hasWindow() {
    return isWindowFaulty || delayMillis > 0 || !(window instanceof WindowSpec.Unbounded);
  }

  /** What a query over it sees. */
  Scope scope() {
    return matches.map(PatternMatches::scope).orElseGet(() -> new Scope(sources));
  }

  AnalyzedRelation withLate(LateRows rows) {
    return new AnalyzedRelation(plan, sources, window, delayMillis, rows, isWindowFaulty);
  }

  AnalyzedRelation withWindow(WindowSpec other) {
    return new AnalyzedRelation(plan, sources, other, delayMillis, late, isWindowFaulty);
  }

  AnalyzedRelation withSources(List<Scope.Source> named) {
    return new AnalyzedRelation(plan, named, window, delayMillis, late, isWindowFaulty);
  }
}
