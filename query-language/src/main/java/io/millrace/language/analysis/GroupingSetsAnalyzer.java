package io.millrace.language.analysis;

import io.millrace.language.ast.GroupingElement;
import io.millrace.language.ast.GroupingKind;
import io.millrace.language.ast.GroupingSet;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** Makes the sets of keys of a GROUP BY: of several items every combination. */
final class GroupingSetsAnalyzer {
  private final Reporter reporter;
  private final Function<GroupingSet, List<RowExpression>> analyzer;

  /**
   * @param analyzer gives the keys of a set
   */
  GroupingSetsAnalyzer(Reporter reporter, Function<GroupingSet, List<RowExpression>> analyzer) {
    this.reporter = reporter;
    this.analyzer = analyzer;
  }

  GroupingSets analyze(List<GroupingElement> elements) {
    Collection<RowExpression> keys = new LinkedHashSet<>();
    List<List<RowExpression>> sets = List.of(List.of());
    for (GroupingElement element : elements) {
      List<List<RowExpression>> given = element.sets().stream().map(analyzer).toList();
      given.forEach(keys::addAll);
      int units = given.size();
      boolean isFlood =
          (element.kind() == GroupingKind.CUBE && units > Integer.SIZE - 2)
              || (long) sets.size() * count(element.kind(), units) > GroupingSets.MOST;
      if (isFlood) {
        reporter.error(
            "bad-grouping",
            element.span(),
            "each row would be in more than " + GroupingSets.MOST + " groups",
            "name the sets that are needed with GROUPING SETS");
      } else {
        sets = combined(sets, sets(element.kind(), given));
      }
    }
    List<RowExpression> all = List.copyOf(keys);
    return new GroupingSets(all, sets.stream().map(set -> indexes(set, all)).toList());
  }

  private static long count(GroupingKind kind, int units) {
    return switch (kind) {
      case EXPRESSION -> 1;
      case GROUPING_SETS -> units;
      case ROLLUP -> units + 1L;
      case CUBE -> 1L << units;
    };
  }

  /** The sets of one item, in the order of the standard: those with more keys first. */
  private static List<List<RowExpression>> sets(
      GroupingKind kind, List<List<RowExpression>> given) {
    List<List<RowExpression>> sets = new ArrayList<>();
    switch (kind) {
      case EXPRESSION, GROUPING_SETS -> sets.addAll(given);
      case ROLLUP -> {
        for (int units = given.size(); units >= 0; units--) {
          sets.add(joined(given.subList(0, units)));
        }
      }
      case CUBE -> {
        for (int left = 0; left < (1 << given.size()); left++) {
          List<List<RowExpression>> taken = new ArrayList<>();
          for (int unit = 0; unit < given.size(); unit++) {
            if ((left & (1 << (given.size() - 1 - unit))) == 0) {
              taken.add(given.get(unit));
            }
          }
          sets.add(joined(taken));
        }
      }
    }
    return sets;
  }

  private static List<List<RowExpression>> combined(
      List<List<RowExpression>> left, List<List<RowExpression>> right) {
    List<List<RowExpression>> combined = new ArrayList<>();
    for (List<RowExpression> first : left) {
      right.forEach(second -> combined.add(joined(List.of(first, second))));
    }
    return combined;
  }

  private static List<RowExpression> joined(List<List<RowExpression>> units) {
    return units.stream().flatMap(List::stream).toList();
  }

  private static BitSet indexes(List<RowExpression> set, List<RowExpression> keys) {
    BitSet indexes = new BitSet();
    set.forEach(key -> indexes.set(keys.indexOf(key)));
    return indexes;
  }
}
