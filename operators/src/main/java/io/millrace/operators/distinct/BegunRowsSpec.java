package io.millrace.operators.distinct;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes events of rows that come and go: a combination of values goes on when the first row has it,
 * and again when none has had it meanwhile.
 *
 * @param output the columns, of what comes in, too
 * @param visible how many columns in front are compared
 * @param isByKey whether they are changes by key; else rows that come ({@code +I}) and go ({@code
 *     -D}) by themselves
 * @param keys the columns of the key, which may be none
 * @param apart the columns of partitions, each of which is looked at by itself
 * @param cause which changes send rows
 */
public record BegunRowsSpec(
    Schema output,
    int visible,
    boolean isByKey,
    List<Integer> keys,
    List<Integer> apart,
    Cause cause)
    implements OperatorSpec {
  public BegunRowsSpec {
    keys = List.copyOf(keys);
    apart = List.copyOf(apart);
  }

  /** Which changes send rows; the last column (BOOLEAN) says what has brought a change about. */
  public enum Cause {
    /** All; nothing says what has brought them about. */
    ANY(""),
    /** Those of a row that enters. */
    ENTERING(" by what enters"),
    /** Those of rows that leave. */
    LEAVING(" by what leaves");

    private final String description;

    Cause(String description) {
      this.description = description;
    }
  }

  /** The columns that are compared, those of partitions among them. */
  List<Integer> values() {
    List<Integer> values = new ArrayList<>(Distribution.same(visible));
    apart.stream().filter(column -> column >= visible).forEach(values::add);
    return values;
  }

  @Override
  public String describe() {
    return "BegunRows "
        + String.join(", ", output.names().subList(0, visible))
        + (apart.isEmpty()
            ? ""
            : " per " + apart.stream().map(output::name).collect(Collectors.joining(", ")))
        + cause.description;
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Distribution distribution() {
    return Distribution.oneForOne(apart, Distribution.same(output.size()));
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new BegunRowsOperator(this);
  }
}
