package io.millrace.language.analysis;

import io.millrace.language.ast.Relation;
import io.millrace.language.ast.RollupRange;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.StreamReference;
import io.millrace.spi.error.Span;
import java.util.Optional;

/** What may stand in FROM of an aggregation's query, and where an aggregation may not stand. */
final class RollupSource {
  private RollupSource() {}

  /** Whether an aggregation can be made of a source; otherwise says why not. */
  static boolean isGood(Reporter reporter, AnalyzedRelation source, Select select) {
    Relation from = select.from();
    Span span = from == null ? select.span() : from.span();
    if (source.hasWindow()) {
      reporter.error(
          "bad-aggregation",
          span,
          "an aggregation has no WINDOW: EVERY says which buckets its rows go into");
      return false;
    }
    if (source.plan().isChangelog()) {
      reporter.error(
          "bad-aggregation",
          span,
          "an aggregation is made of a stream, whose rows have their times; a table is what its"
              + " rows are now",
          "make it of the stream that feeds the table");
      return false;
    }
    return true;
  }

  /** Refuses a query that goes on for ever and reads an aggregation. */
  static AnalyzedRelation refuseReader(Reporter reporter, StreamReference relation) {
    String name = relation.name().name();
    reporter.error(
        "bad-source",
        relation.span(),
        "'" + name + "' is an aggregation, which answers questions and sends no rows",
        "ask it with SELECT … FROM "
            + name
            + " WITHIN '2024-03' PER 'days'; for rows as they come, put a WINDOW on its stream");
    return AnalyzedRelation.open(name);
  }

  /** Refuses WITHIN … PER behind what is no aggregation, unless that is refused already. */
  static void refuseRange(Reporter reporter, Streams streams, SourceRelation relation) {
    RollupRange range = relation.modifiers().range();
    Optional<StreamSymbol> source =
        relation.input() instanceof StreamReference reference
            ? streams.find(reference.name())
            : Optional.empty();
    boolean isReported =
        source.isPresent()
            ? source.get().declaration().rollup() != null || source.get().isOpen()
            : relation.input() instanceof StreamReference;
    if (range != null && !isReported) {
      reporter.error(
          "bad-question",
          range.span(),
          "WITHIN … PER asks an aggregation"
              + source
                  .map(s -> ", and '" + s.declaration().name() + "' is a " + s.kind())
                  .orElse(""),
          "declare one with CREATE AGGREGATION … EVERY SECOND ... YEAR");
    }
  }
}
