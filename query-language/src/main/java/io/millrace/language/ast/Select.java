package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT … FROM … WHERE … GROUP BY … HAVING … QUALIFY …; what is absent is null or empty. */
public record Select(
    boolean isDistinct,
    List<SelectItem> items,
    @Nullable Relation from,
    @Nullable Expression where,
    List<GroupingElement> groupBy,
    @Nullable Expression having,
    @Nullable Expression qualify,
    Span span)
    implements Node {

  public Select {
    items = List.copyOf(items);
    groupBy = List.copyOf(groupBy);
  }
}
