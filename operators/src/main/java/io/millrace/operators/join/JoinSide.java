package io.millrace.operators.join;

import io.millrace.operators.graph.Distribution;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One input of a join.
 *
 * @param input its columns
 * @param width how many of them, from the first on, go into the result
 * @param keys the columns that are equal to those of the other side, which have equal types; none
 *     if any two rows may meet
 * @param isOuter whether its rows go on without a match, too
 */
public record JoinSide(Schema input, int width, List<Integer> keys, boolean isOuter) {
  public JoinSide {
    keys = List.copyOf(keys);
  }

  List<DataType> keyTypes() {
    return keys.stream().map(input::type).toList();
  }

  /**
   * How rows of a join belong together where each partition of its inputs is a world of its own: by
   * their keys, if they have any. Columns of a side that may be missing say nothing of a row.
   */
  static Distribution overPartitions(JoinSide left, JoinSide right) {
    if (left.keys.isEmpty()) {
      return Distribution.WHOLE;
    }
    int width = left.width + right.width;
    return new Distribution.KeyedPairs(
        left.keys,
        right.keys,
        IntStream.range(0, width)
            .map(i -> i < left.width && !right.isOuter ? i : -1)
            .boxed()
            .toList(),
        IntStream.range(0, width)
            .map(i -> i >= left.width && !left.isOuter ? i - left.width : -1)
            .boxed()
            .toList());
  }

  String keyNames() {
    return String.join(", ", keys.stream().map(input::name).toList());
  }
}
