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
 * @param isTakenBack whether rows may be taken back, by one of the same values and the kind {@code
 *     -D}
 */
public record JoinSide(
    Schema input, int width, List<Integer> keys, boolean isOuter, boolean isTakenBack) {
  public JoinSide {
    keys = List.copyOf(keys);
  }

  /** A side whose rows stay. */
  public JoinSide(Schema input, int width, List<Integer> keys, boolean isOuter) {
    this(input, width, keys, isOuter, false);
  }

  List<DataType> keyTypes() {
    return keys.stream().map(input::type).toList();
  }

  String keyNames() {
    return String.join(", ", keys.stream().map(input::name).toList());
  }
}
