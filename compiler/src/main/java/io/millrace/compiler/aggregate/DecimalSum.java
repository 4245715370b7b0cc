package io.millrace.compiler.aggregate;

import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.List;

/**
 * An exact sum of decimals.
 *
 * @param isChecked whether a row is refused when the sum has more than 38 digits with it
 */
record DecimalSum(AggregateInput input, boolean isChecked) implements Accumulator {
  @Override
  public List<StateType> fields() {
    int scale = ((DataType.Decimal) input.type()).scale();
    return List.of(StateType.of("sum", DataType.decimal(DataType.MAX_PRECISION, scale)));
  }

  @Override
  public void check(AccumulatorCode code) {
    if (isChecked) {
      code.refuseIf(
          "!DecimalSums.fits((BigDecimal) $0, $x)",
          "decimal overflow in sum(" + input.name() + "): the result has more than 38 digits");
    }
  }

  @Override
  public void begin(AccumulatorCode code) {}

  @Override
  public void add(AccumulatorCode code) {
    code.write("$0 = DecimalSums.add((BigDecimal) $0, $x);");
  }

  @Override
  public void remove(AccumulatorCode code) {
    code.write("$0 = ((BigDecimal) $0).subtract($x);");
  }

  @Override
  public void merge(AccumulatorCode code) {
    code.write(
        """
        if ($from0 != null) {
          $0 = DecimalSums.add((BigDecimal) $0, (BigDecimal) $from0);
        }
        """);
  }
}
