package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import java.util.List;
import java.util.function.UnaryOperator;

/** What ORDER BY of an OVER says, most important first. */
record RankOrder(List<Item> items) {
  /** By ROWTIME, rising. */
  static final RankOrder BY_TIME =
      new RankOrder(List.of(new Item(new RowtimeReference(), false, false)));

  RankOrder {
    items = List.copyOf(items);
  }

  RankOrder changed(UnaryOperator<RowExpression> change) {
    return new RankOrder(
        items.stream()
            .map(it -> new Item(change.apply(it.expression), it.isDescending, it.nullsFirst))
            .toList());
  }

  /** One expression that rows are ordered by. */
  record Item(RowExpression expression, boolean isDescending, boolean nullsFirst) {}
}
