package io.millrace.operators.union;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.OvertakenTimeline;
import io.millrace.spi.time.Timeline;
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
 * @param leavesOutIdle whether an input that is idle does not hold the watermark back
 */
public record UnionSpec(Schema output, List<Integer> places, boolean mayMeet, boolean leavesOutIdle)
    implements OperatorSpec {
  public UnionSpec {
    places = List.copyOf(places);
  }

  /** One of inputs that are never idle. */
  public UnionSpec(Schema output, List<Integer> places, boolean mayMeet) {
    this(output, places, mayMeet, false);
  }

  @Override
  public String describe() {
    return (mayMeet ? "Union in order of " : "Union of ")
        + places.size()
        + " inputs"
        + (leavesOutIdle ? ", but for idle ones" : "");
  }

  @Override
  public boolean isTimeDriven() {
    return mayMeet;
  }

  /** What it holds goes on at the end of its turn. */
  @Override
  public boolean sendsByTime() {
    return false;
  }

  @Override
  public Distribution overPartitions() {
    return Distribution.Rowwise.unchanged(output);
  }

  /**
   * By what rows of an input are late in the result.
   *
   * @param own by what they are late in the input
   * @param before what this gave for the batch before, or any other
   * @param merged the watermark of the result
   */
  Timeline lateness(Timeline own, Timeline before, Timeline merged) {
    if (!leavesOutIdle) {
      return own;
    }
    return before instanceof OvertakenTimeline known && known.own() == own
        ? known
        : new OvertakenTimeline(own, merged);
  }

  @Override
  public Operator create(KernelLoader loader) {
    return mayMeet ? new MergeOperator(this) : new UnionOperator(this);
  }
}
