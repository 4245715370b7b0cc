package io.millrace.language.rewrite;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinMethod;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.rewrite.PruneColumns.Pruned;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;

/** A join without the columns of its sides that neither it nor anything above reads. */
final class PrunedJoin {
  private PrunedJoin() {}

  /**
   * @param narrow gives a side with exactly the columns that are asked for, and those that are
   *     wanted of its late rows
   */
  static Pruned of(JoinNode node, BitSet required, BiFunction<PlanNode, BitSet, Pruned> narrow) {
    int width = node.left().schema().size();
    BitSet needed = (BitSet) required.clone();
    RowExpression condition = node.condition();
    if (condition != null) {
      Columns.collect(condition, needed);
    }
    BitSet left = needed.get(0, width);
    BitSet right = needed.get(width, node.schema().size());
    node.leftKeys().forEach(key -> Columns.collect(key.expression(), left));
    node.rightKeys().forEach(key -> Columns.collect(key.expression(), right));
    BitSet table = node.left().isChangelog() ? left : right;
    if (node.method() instanceof JoinBounds bounds && bounds.leftTime() != JoinBounds.ROWTIME) {
      left.set(bounds.leftTime());
    } else if (node.method() instanceof JoinTable ofTable) {
      ofTable.key().forEach(table::set);
    } else if (node.method() instanceof JoinWindows windows) {
      // a row that leaves is known by all of its values
      left.set(0, windows.left().isHeld() ? width : 0);
      right.set(0, windows.right().isHeld() ? node.right().schema().size() : 0);
    }
    Pruned first = narrow.apply(node.left(), left);
    Pruned second = narrow.apply(node.right(), right);
    int[] places = places(first, second);
    int[] tablePlaces = node.left().isChangelog() ? first.places() : second.places();
    JoinNode pruned =
        new JoinNode(
            first.node(),
            second.node(),
            node.kind(),
            moved(node.method(), first.places(), tablePlaces),
            moved(node.leftKeys(), first.places()),
            moved(node.rightKeys(), second.places()),
            condition == null ? null : Columns.move(condition, places),
            node.unmatched());
    return new Pruned(pruned, places);
  }

  private static int[] places(Pruned first, Pruned second) {
    int width = first.places().length;
    int narrowed = first.node().schema().size();
    int[] places = Arrays.copyOf(first.places(), width + second.places().length);
    for (int i = 0; i < second.places().length; i++) {
      int place = second.places()[i];
      places[width + i] = place < 0 ? -1 : narrowed + place;
    }
    return places;
  }

  private static JoinMethod moved(JoinMethod method, int[] left, int[] table) {
    if (method instanceof JoinTable ofTable) {
      return new JoinTable(ofTable.key().stream().map(column -> table[column]).toList());
    }
    return method instanceof JoinBounds bounds && bounds.leftTime() != JoinBounds.ROWTIME
        ? bounds.withLeftTime(left[bounds.leftTime()])
        : method;
  }

  private static List<NamedExpression> moved(List<NamedExpression> keys, int[] places) {
    return keys.stream()
        .map(key -> new NamedExpression(key.name(), Columns.move(key.expression(), places)))
        .toList();
  }
}
