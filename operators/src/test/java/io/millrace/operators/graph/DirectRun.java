package io.millrace.operators.graph;

import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.time.VirtualClock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One operator and the batches of one turn, for what the operator harness does not show: the
 * batches themselves, places, one row of a source on several inputs.
 */
public final class DirectRun implements OperatorContext, Output {
  private final HeapStateBackend state = new HeapStateBackend();
  private final SourceTimeline timeline = new SourceTimeline();
  private final List<String> sent = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<Timeline> lateness = new ArrayList<>();
  private int[][] lanes = {};
  private Consumer<Batch> onBatch = batch -> {};
  private @Nullable Batch last;

  /** Has inputs bring rows of source partitions together: see {@link #lanesOf}. */
  public DirectRun lanes(int[][] byInput) {
    lanes = byInput;
    return this;
  }

  /** Has somebody look at batches when they are sent. */
  public void onBatch(Consumer<Batch> listener) {
    onBatch = listener;
  }

  @Override
  public int[] lanesOf(int input) {
    return lanes.length == 0 ? OperatorContext.super.lanesOf(input) : lanes[input];
  }

  /** Opens an operator. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows what its spec makes
  public <T extends Operator> T open(OperatorSpec spec) {
    @SuppressWarnings("unchecked")
    T operator = (T) spec.create(new HandWrittenKernels());
    operator.open(this);
    return operator;
  }

  /** A batch of rows with the times 0, 1, …, at positions of a turn of so many rows. */
  public Batch batch(Schema schema, List<List<@Nullable Object>> rows) {
    Column[] columns = new Column[schema.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(schema.type(c).layout(), rows.size());
      for (int row = 0; row < rows.size(); row++) {
        columns[c].set(row, rows.get(row).get(c));
      }
    }
    long[] rowtimes = IntStream.range(0, rows.size()).asLongStream().toArray();
    timeline.beginEvent(0, rowtimes, rows.size());
    return new Batch(schema, columns, timeline).rows(rows.size(), rowtimes, null, null);
  }

  /** What was sent, a row as {@code position/place: values}. */
  public List<String> sent() {
    return sent;
  }

  public List<String> failed() {
    return failed;
  }

  /** Of each batch that was sent the watermark by which its rows are late. */
  public List<Timeline> lateness() {
    return lateness;
  }

  /** How many entries its state has. */
  public long stateEntries() {
    return state.entries();
  }

  /** The last batch that was sent. */
  public @Nullable Batch last() {
    return last;
  }

  @Override
  public void emit(Batch batch) {
    last = batch;
    onBatch.accept(batch);
    lateness.add(batch.lateness());
    int[] places = batch.places();
    for (int row = 0; row < batch.size(); row++) {
      String place = places == null ? "" : "/" + places[row];
      sent.add(batch.position(row) + place + ": " + values(batch, row));
    }
  }

  @Override
  public void late(Batch batch, int row) {
    throw new AssertionError("late: " + values(batch, row));
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    failed.add(values(batch, row) + ": " + error);
  }

  private static List<@Nullable Object> values(Batch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int c = 0; c < batch.schema().size(); c++) {
      values.add(batch.column(c).get(row));
    }
    return values;
  }

  @Override
  public StateContext state() {
    return state;
  }

  @Override
  public int batchSize() {
    return 1024;
  }

  @Override
  public Timeline outputTimeline() {
    return timeline;
  }

  @Override
  public EvaluationContext evaluation() {
    return new EvaluationContext(new VirtualClock(), ZoneOffset.UTC);
  }
}
