package io.millrace.operators.join;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Joins rows of two inputs. What comes out has the columns of the left one, then of the right. */
public interface JoinSpec extends OperatorSpec {
  JoinSide left();

  JoinSide right();

  /** What must hold beside the equality of keys; null if nothing. */
  @Nullable JoinCondition condition();

  /** When rows of outer sides are sent that have no match. */
  Unmatched unmatched();

  /** The kind of the join, for people. */
  default String kind() {
    if (left().isOuter()) {
      return right().isOuter() ? "Full join" : "Left join";
    }
    return right().isOuter() ? "Right join" : "Join";
  }

  /** What must hold of two rows, for people. */
  default String match() {
    JoinCondition more = condition();
    return (left().keys().isEmpty()
            ? " of any two rows, unpartitioned"
            : " by " + left().keyNames() + " = " + right().keyNames())
        + (more == null ? "" : " where " + more.text());
  }

  /** The rows of a turn are taken at its end, in their order. */
  @Override
  default boolean isTimeDriven() {
    return true;
  }

  /** By the keys, if there are any. Columns of a side that may be missing say nothing of a row. */
  @Override
  default Distribution overPartitions() {
    if (left().keys().isEmpty()) {
      return Distribution.WHOLE;
    }
    int left = left().width();
    int width = left + right().width();
    return new Distribution.KeyedPairs(
        left().keys(),
        right().keys(),
        IntStream.range(0, width)
            .map(i -> i < left && !right().isOuter() ? i : -1)
            .boxed()
            .toList(),
        IntStream.range(0, width)
            .map(i -> i >= left && !left().isOuter() ? i - left : -1)
            .boxed()
            .toList());
  }

  @Override
  default List<KernelSource<?>> kernels() {
    JoinCondition more = condition();
    return more == null ? List.of() : List.of(more.predicate());
  }
}
