package io.millrace.language.analysis;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.plan.NamedExpression;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites expressions of a query with aggregates from columns of its input to columns of its
 * groups: keys, aggregates, bounds of the window, and in sliding windows columns of the newest row.
 */
final class GroupedExpressions {
  private final AnalysisContext context;
  private final Grouping grouping;
  private final Explosions explosions;
  private final Map<RowExpression, ColumnReference> keys = new HashMap<>();
  private final boolean carries;
  private final List<NamedExpression> carried = new ArrayList<>();
  private final Map<Integer, ColumnReference> carriedPlaces = new HashMap<>();
  private final Set<Span> reported = new HashSet<>();
  private final int keyCount;

  /** Which of the keys is the set of keys; -1 if there is one. */
  private final int set;

  /** How many columns stand between the aggregates and those of the newest row. */
  private final int behindCalls;

  /** Of a group without keys and of whose rows no column is read. */
  GroupedExpressions(AnalysisContext context, Grouping grouping) {
    this(context, grouping, new Explosions(0), false, List.of(), -1);
  }

  /**
   * @param parts the query; with a GROUP BY no column is taken from the newest row
   * @param keys all keys in the order of the result
   * @param set which of them says which set of keys it is; -1 if there is one
   */
  GroupedExpressions(AnalysisContext context, Parts parts, List<NamedExpression> keys, int set) {
    this(
        context,
        parts.grouping(),
        parts.explosions(),
        !parts.isGroupedBy() && parts.grouping().window().isSliding(),
        keys,
        set);
  }

  private GroupedExpressions(
      AnalysisContext context,
      Grouping grouping,
      Explosions explosions,
      boolean carries,
      List<NamedExpression> keys,
      int set) {
    this.context = context;
    this.set = set;
    this.grouping = grouping;
    this.explosions = explosions;
    this.carries = carries;
    this.keyCount = keys.size();
    this.behindCalls = grouping.window().numbersEmissions() ? 1 : 0;
    for (int i = 0; i < keys.size(); i++) {
      RowExpression key = keys.get(i).expression();
      this.keys.put(key, new ColumnReference(i, key.type(), keys.get(i).name()));
    }
  }

  /** Columns taken from the newest row. */
  List<NamedExpression> carried() {
    return carried;
  }

  /** The column over the groups; what is no column of a group is reported once. */
  ResultColumn rewrite(ResultColumn column) {
    return column.with(rewrite(column.expression(), column.span()));
  }

  RowExpression rewrite(RowExpression expression, Span span) {
    boolean[] isFaulty = new boolean[1];
    RowExpression rewritten =
        ExpressionRebuilder.topDown(
            expression,
            part -> {
              RowExpression replaced = isFaulty[0] ? part : replace(part, span);
              isFaulty[0] |= replaced != null && Reporter.isFaulty(replaced);
              return replaced;
            });
    return isFaulty[0] ? Reporter.faulty() : rewritten;
  }

  private @Nullable RowExpression replace(RowExpression part, Span span) {
    ColumnReference key = keys.get(part);
    if (key != null) {
      return key;
    }
    if (part instanceof RowKindReference) {
      return context
          .reporter()
          .error(
              "unknown-column",
              span,
              "'" + Grouping.ROW_KIND + "' is that of a row, and here rows are grouped",
              "leave it out: each change of a group says its kind by itself");
    }
    if (!(part instanceof ColumnReference column)) {
      return null;
    }
    if (Analytics.isMarked(column)) {
      return column;
    }
    Optional<ColumnReference> element = explosions.findMarked(column);
    if (element.isPresent()) {
      return element.get();
    }
    if (Grouping.isSet(column)) {
      return new ColumnReference(set, column.type(), column.name());
    }
    if (Grouping.isMarked(column)) {
      return grouping.place(column, keyCount);
    }
    return carries ? carry(column) : refuse(column, span);
  }

  private ColumnReference carry(ColumnReference column) {
    return carriedPlaces.computeIfAbsent(
        column.index(),
        absent -> {
          carried.add(new NamedExpression(column.name(), column));
          int place = keyCount + grouping.calls().size() + behindCalls + carried.size() - 1;
          return new ColumnReference(place, column.type(), column.name());
        });
  }

  private RowExpression refuse(ColumnReference column, Span span) {
    Span place = context.origin(column, span);
    // A star stands for many columns and is one mistake.
    if (grouping.isLenient() || !reported.add(place)) {
      return Reporter.faulty();
    }
    return context
        .reporter()
        .error(
            "not-grouped",
            place,
            "column '"
                + column.name()
                + "' stands beside an aggregate, but is no key of the groups",
            "add it to GROUP BY, or take it through an aggregate such as max("
                + ExpressionPrinter.print(column)
                + ")");
  }
}
