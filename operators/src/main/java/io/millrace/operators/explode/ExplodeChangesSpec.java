package io.millrace.operators.explode;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a row per element of the arrays of rows by key, which change: by the key and the number of
 * the element. Of what a row had more before, the deletions come first.
 *
 * @param input columns that are repeated, perhaps others of the key, then the arrays
 * @param repeated how many columns in front are repeated
 * @param arrays how many of the last columns are arrays
 * @param keys the columns of the key in the input
 * @param output the repeated columns, an element column for each array, then the number of the
 *     element, from 1 on
 */
public record ExplodeChangesSpec(
    Schema input, int repeated, int arrays, List<Integer> keys, Schema output)
    implements OperatorSpec {
  public ExplodeChangesSpec {
    keys = List.copyOf(keys);
  }

  @Override
  public String describe() {
    return "ExplodeChanges "
        + String.join(", ", input.names().subList(input.size() - arrays, input.size()))
        + (keys.isEmpty()
            ? ""
            : " by " + String.join(", ", keys.stream().map(input::name).toList()));
  }

  @Override
  public boolean isTimeDriven() {
    return false;
  }

  @Override
  public Distribution distribution() {
    List<Integer> sources =
        IntStream.range(0, output.size()).map(i -> i < repeated ? i : -1).boxed().toList();
    return keys.isEmpty() ? Distribution.WHOLE : new Distribution.Keyed(keys, sources, false);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new ExplodeChangesOperator(this);
  }
}
