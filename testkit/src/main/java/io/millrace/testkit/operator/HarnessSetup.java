package io.millrace.testkit.operator;

import io.millrace.spi.operator.Operator;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Slack;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is under test, and how its inputs tell their time.
 *
 * @param operators makes the operator
 * @param backends makes empty state
 * @param inputs the schema of each input
 * @param isArrival whether the clock gives the times, so that it reaches a row's time before the
 *     row
 * @param slackMillis else how far the watermark stays behind the greatest time
 * @param lagMillis how far the watermark passed on is behind the operator's own
 * @param holdsTime whether the operator says itself how far the watermark goes that it passes on
 * @param retimes if its watermark follows from the times that it gives its rows, how far it stays
 *     behind the greatest; null if not
 * @param sharesSource whether all inputs come from one source, as after a fork
 */
record HarnessSetup(
    Supplier<Operator> operators,
    Supplier<StateBackend> backends,
    List<Schema> inputs,
    boolean isArrival,
    long slackMillis,
    long lagMillis,
    boolean holdsTime,
    @Nullable Slack retimes,
    boolean sharesSource) {
  HarnessSetup {
    inputs = List.copyOf(inputs);
  }
}
