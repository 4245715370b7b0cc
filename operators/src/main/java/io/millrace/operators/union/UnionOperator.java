package io.millrace.operators.union;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import java.util.Arrays;

/**
 * Passes batches on under the names of the result, where no two inputs go back to one entry: in a
 * turn rows come by one input only, so that their order is right as it is.
 */
final class UnionOperator implements Operator {
  private final UnionSpec spec;
  private final int[][] places;
  private final UnionLanes[] lanes;
  private final Timeline[] lateness;
  private Batch renamed;

  UnionOperator(UnionSpec spec) {
    this.spec = spec;
    this.places = new int[spec.places().size()][0];
    this.lanes = new UnionLanes[places.length];
    this.lateness = new Timeline[places.length];
  }

  @Override
  public void open(OperatorContext context) {
    Timeline merged = context.outputTimeline();
    renamed = new Batch(spec.output(), new Column[spec.output().size()], merged);
    Arrays.fill(lateness, merged);
    Arrays.setAll(lanes, input -> new UnionLanes(context.lanesOf(input)));
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    Batch result = renamed;
    Timeline merged = result.timeline();
    for (int i = 0; i < spec.output().size(); i++) {
      result.columns()[i] = batch.column(i);
    }
    lateness[input] = spec.lateness(batch.lateness(), lateness[input], merged);
    result.rowsOf(batch).lanes(lanes[input].of(batch)).timelines(merged, lateness[input]);
    int place = spec.places().get(input);
    output.emit(place == 0 ? result : result.places(placesOf(input, place, batch.size())));
  }

  /** A query's own place, as often as there are rows: filled when it grows. */
  private int[] placesOf(int input, int place, int rows) {
    if (places[input].length < rows) {
      places[input] = new int[Math.max(rows, 2 * places[input].length)];
      Arrays.fill(places[input], place);
    }
    return places[input];
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }
}
