package io.millrace.language.analysis;

import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.plan.PlanNode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says below what sorts the rows of a source for OVER where late ones go. LATE INTO or LATE DROP
 * behind a source without a window is for that alone.
 */
final class LateOver implements UnaryOperator<PlanNode> {
  private final AnalysisContext context;
  private final AnalyzedRelation source;
  private final PlanNode rows;
  private final @Nullable LateClause written;
  private final int errors;
  private boolean isUsed;

  /**
   * @param rows those of the source, filtered
   */
  LateOver(AnalysisContext context, Select select, AnalyzedRelation source, PlanNode rows) {
    this.context = context;
    this.source = source;
    this.rows = rows;
    this.written = source.matches().isPresent() ? null : written(select.from());
    this.errors = context.reporter().errorCount();
  }

  private static @Nullable LateClause written(@Nullable Relation from) {
    return from instanceof SourceRelation relation ? relation.modifiers().late() : null;
  }

  @Override
  public PlanNode apply(PlanNode rowsInTime) {
    isUsed = true;
    return source.hasWindow() || source.isOpen()
        ? rowsInTime
        : new LateIntoAnalyzer(context)
            .into(source.late(), rows, LateWord.BEHIND_STREAM)
            .apply(rowsInTime);
  }

  /** Reports a LATE behind the source where no row is late, when the query has been analysed. */
  void check() {
    boolean isGood = context.reporter().errorCount() == errors && !source.isOpen();
    if (written != null && !isUsed && !source.hasWindow() && isGood) {
      LateIntoAnalyzer.refuse(context.reporter(), written);
    }
  }
}
