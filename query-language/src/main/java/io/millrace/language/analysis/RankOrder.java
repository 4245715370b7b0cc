package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import java.util.List;

/** What ORDER BY of an OVER says, where it is not the order of ROWTIME; most important first. */
record RankOrder(List<Item> items) {
  RankOrder {
    items = List.copyOf(items);
  }

  /** One expression that rows are ordered by. */
  record Item(RowExpression expression, boolean isDescending, boolean nullsFirst) {}
}
