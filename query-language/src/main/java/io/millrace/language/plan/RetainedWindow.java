package io.millrace.language.plan;

/**
 * A window with a name whose rows can be asked for after it has closed; queries over it have the
 * window itself.
 *
 * @param retentionMillis how long behind its end, at least the grace period
 */
public record RetainedWindow(WindowSpec.Closing of, long retentionMillis)
    implements WindowSpec.Named {
  @Override
  public Emission usualEmission() {
    return of.usualEmission();
  }

  @Override
  public boolean hasBounds() {
    return of.hasBounds();
  }

  @Override
  public boolean isSliding() {
    return false;
  }

  @Override
  public boolean isOrdered() {
    return of.isOrdered();
  }

  @Override
  public boolean keepsGroupsApart() {
    return of.keepsGroupsApart();
  }

  @Override
  public boolean numbersEmissions() {
    return false;
  }

  @Override
  public long graceMillis() {
    return of.graceMillis();
  }

  @Override
  public <R> R accept(WindowVisitor<R> visitor) {
    return visitor.visitRetained(this);
  }
}
