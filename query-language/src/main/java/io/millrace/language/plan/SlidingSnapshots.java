package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a sliding window that sends at each arrival holds, sent now and then instead.
 *
 * @param of what is in it
 * @param countsWanted whether rows are counted only if their last key, a BOOLEAN, is true; else all
 */
public record SlidingSnapshots(WindowSpec.Sliding of, EmissionInterval every, boolean countsWanted)
    implements WindowSpec.Sliding {
  @Override
  public Emission usualEmission() {
    return Emission.LOOKS;
  }

  /** Whether rows are counted, of each partition; else there are ticks. */
  public boolean countsRows() {
    return every instanceof EmissionInterval.Rows;
  }

  @Override
  public boolean numbersEmissions() {
    return countsRows();
  }

  @Override
  public boolean hasTicks() {
    return !countsRows();
  }

  /** Rows of all groups are counted, and the last of them decides which tick is the last. */
  @Override
  public boolean keepsGroupsApart() {
    return false;
  }

  @Override
  public List<RowExpression> expressions() {
    return of.expressions();
  }

  @Override
  public WindowSpec mapExpressions(UnaryOperator<RowExpression> change) {
    return new SlidingSnapshots(
        (WindowSpec.Sliding) of.mapExpressions(change), every, countsWanted);
  }

  @Override
  public <R> R accept(WindowVisitor<R> visitor) {
    return visitor.visitSlidingSnapshots(this);
  }
}
