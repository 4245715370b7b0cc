package io.millrace.operators.retime;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Slack;
import io.millrace.spi.types.Schema;
import java.util.Optional;

/**
 * Gives each row the time that one of its columns says, and a watermark that follows from these
 * times as that of a source does.
 *
 * @param output the rows
 * @param column the column of the time, a TIMESTAMP or BIGINT of milliseconds
 * @param slack how far the watermark stays behind the greatest time
 */
public record RetimeSpec(Schema output, int column, Slack slack) implements OperatorSpec {
  @Override
  public String describe() {
    return "Time from " + output.name(column) + behind();
  }

  private String behind() {
    if (slack instanceof Slack.Fixed fixed) {
      return fixed.millis() == 0 ? "" : ", watermark " + fixed.millis() + " ms behind";
    }
    if (slack instanceof Slack.Adaptive adaptive) {
      return ", watermark behind by the latest rows" + atMost(adaptive.mostMillis());
    }
    Slack.Quality quality = (Slack.Quality) slack;
    return ", watermark behind by "
        + quality.share()
        + " of the latest rows"
        + atMost(quality.mostMillis());
  }

  private static String atMost(long millis) {
    return millis == Long.MAX_VALUE ? "" : ", at most " + millis + " ms";
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public Optional<Slack> retimes() {
    return Optional.of(slack);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RetimeOperator(this);
  }
}
