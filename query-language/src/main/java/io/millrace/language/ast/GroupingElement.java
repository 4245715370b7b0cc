package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/**
 * An item of GROUP BY.
 *
 * @param sets one set of one expression for {@link GroupingKind#EXPRESSION}; the sets of GROUPING
 *     SETS; the units of ROLLUP and CUBE
 */
public record GroupingElement(GroupingKind kind, List<GroupingSet> sets, Span span)
    implements Node {

  public GroupingElement {
    sets = List.copyOf(sets);
  }
}
