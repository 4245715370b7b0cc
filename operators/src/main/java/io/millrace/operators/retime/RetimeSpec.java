package io.millrace.operators.retime;

import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.types.Schema;

/**
 * Gives each row the time that one of its columns says, and a watermark that follows from these
 * times as that of a source does.
 *
 * @param output the rows
 * @param column the column of the time, a TIMESTAMP or BIGINT of milliseconds
 * @param slackMillis how far the watermark stays behind the greatest time
 */
public record RetimeSpec(Schema output, int column, long slackMillis) implements OperatorSpec {
  @Override
  public String describe() {
    return "Time from "
        + output.name(column)
        + (slackMillis == 0 ? "" : ", watermark " + slackMillis + " ms behind");
  }

  @Override
  public boolean isTimeDriven() {
    return true;
  }

  @Override
  public boolean retimes() {
    return true;
  }

  @Override
  public long lagMillis() {
    return slackMillis;
  }

  @Override
  public Operator create(KernelLoader loader) {
    return new RetimeOperator(this);
  }
}
