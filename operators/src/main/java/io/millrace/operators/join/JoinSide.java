package io.millrace.operators.join;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.List;

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

  String keyNames() {
    return String.join(", ", keys.stream().map(input::name).toList());
  }
}
