package io.millrace.language.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call has beside its arguments.
 *
 * @param isStar whether a {@code *} stands in place of the arguments
 * @param filter the condition of FILTER, or null
 * @param over the OVER clause of an analytic function, or null
 */
public record CallModifiers(
    boolean isStar,
    boolean isDistinct,
    List<SortItem> orderBy,
    NullTreatment nullTreatment,
    @Nullable Expression filter,
    @Nullable OverClause over) {

  /** A plain call. */
  public static final CallModifiers NONE =
      new CallModifiers(false, false, List.of(), NullTreatment.UNSTATED, null, null);

  public CallModifiers {
    orderBy = List.copyOf(orderBy);
  }

  /** The same with another treatment of NULLs. */
  public CallModifiers withNullTreatment(NullTreatment other) {
    return new CallModifiers(isStar, isDistinct, orderBy, other, filter, over);
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
