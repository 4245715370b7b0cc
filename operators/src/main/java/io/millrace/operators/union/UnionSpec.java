package io.millrace.operators.union;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.List;

/**
 * Brings the rows of several inputs together.
 *
 * @param output the columns of every input, by type
 * @param places for each input the place in the script of the query whose rows come in there; 0
 *     where they are a source's own, or have their places with them
 * @param mayMeet whether one row of a source may reach more than one input, so that the rows of a
 *     turn must be put in the order of their keys
 */
public record UnionSpec(Schema output, List<Integer> places, boolean mayMeet)
    implements OperatorSpec {
  public UnionSpec {
    places = List.copyOf(places);
  }

  @Override
  public String describe() {
    return mayMeet
        ? "Union in order of " + places.size() + " inputs"
        : "Union of " + places.size() + " inputs";
  }

  @Override
  public boolean isTimeDriven() {
    return mayMeet;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return mayMeet ? new MergeOperator(this) : new UnionOperator(this);
  }
}
