package io.millrace.compiler.aggregate;

import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Variances, standard deviations, covariances and the correlation, as {@link
 * io.millrace.operators.aggregate.Moments} makes them of exact sums. One of a sample is NULL for
 * less than two values, the correlation where x or y has one value only.
 */
final class MomentTemplate implements AggregateTemplate {
  @Override
  public Result plan(AggregateCall call, Accumulators accumulators) {
    AggregateInput input = AggregateInput.of(call);
    Sums sums = new Sums(input, accumulators);
    return switch ((AggregateFunction) call.function()) {
      case VAR_POP -> sums.covariance("x", "x", "xx", 0);
      case VAR_SAMP -> sums.covariance("x", "x", "xx", 1);
      case STDDEV_POP -> sums.deviation(0);
      case STDDEV_SAMP -> sums.deviation(1);
      case COVAR_POP -> sums.covariance("x", "y", "xy", 0);
      case COVAR_SAMP -> sums.covariance("x", "y", "xy", 1);
      case CORR -> sums.correlation();
      default -> throw new IllegalArgumentException("no moment: " + call.function());
    };
  }

  /** The sums over an input, and results made of them. */
  private record Sums(AggregateInput input, Accumulators accumulators) {
    private String of(String factors) {
      return "(ExactSum) " + accumulators.require(new ProductSum(input, factors)).apply(0);
    }

    private String count() {
      return accumulators.present(input);
    }

    private int scale(int argument) {
      return input.arguments().get(argument).type() instanceof DataType.Decimal decimal
          ? decimal.scale()
          : 0;
    }

    private Result result(int lost, String value) {
      return new Result(count() + " <= " + lost + "L", value);
    }

    private Result covariance(String x, String y, String product, int lost) {
      int scale = scale(0) + scale(y.equals("x") ? 0 : 1);
      return result(lost, call("covariance", of(x), of(y), of(product), count(), lost, scale));
    }

    private Result deviation(int lost) {
      return result(lost, call("deviation", of("x"), of("xx"), count(), lost, 2 * scale(0)));
    }

    private Result correlation() {
      String value = call("correlation", of("x"), of("y"), of("xx"), of("yy"), of("xy"), count());
      String isNull =
          String.join(
              " || ",
              count() + " == 0L",
              call("isConstant", of("x"), of("xx"), count()),
              call("isConstant", of("y"), of("yy"), count()));
      return new Result(isNull, value);
    }

    private static String call(String method, Object... arguments) {
      return "Moments."
          + method
          + Arrays.stream(arguments)
              .map(String::valueOf)
              .collect(Collectors.joining(", ", "(", ")"));
    }
  }
}
