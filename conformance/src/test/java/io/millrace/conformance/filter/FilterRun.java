package io.millrace.conformance.filter;

import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.JobListener;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.heap.HeapStateBackend;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A script on a circuit of its own, and what it tells, in the order in which it does. */
final class FilterRun implements JobListener {
  private final CircuitJob job;
  private final Circuit circuit;
  private final List<String> told = new ArrayList<>();

  FilterRun(CompiledScript script) {
    circuit = new Circuit(new JaninoKernelLoader(), HeapStateBackend::new, 1024);
    job =
        circuit.add(
            script.graph(),
            Map.of("S", new Circuit.EntrySpec(EntryPort.EntryTime.event(Slack.NONE), 1, false)),
            new EvaluationContext(new VirtualClock(0), ZoneOffset.UTC),
            this,
            1);
    script.plan().streams().stream()
        .filter(stream -> stream.isDerived())
        .forEach(stream -> job.listen(stream.name()));
  }

  /** Sends rows in one turn; says what came of it. */
  List<String> turn(long first, List<List<@Nullable Object>> rows) {
    told.clear();
    EntryPort port = job.findEntry("S").orElseThrow();
    Column[] columns = new Column[port.schema().size()];
    long[] rowtimes = new long[rows.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(port.schema().type(c).layout(), rows.size());
    }
    for (int row = 0; row < rowtimes.length; row++) {
      rowtimes[row] = first + row;
      columns[0].set(row, rowtimes[row]);
      columns[columns.length - 1].set(row, rowtimes[row]);
      for (int c = 0; c < rows.get(row).size(); c++) {
        columns[c + 1].set(row, rows.get(row).get(c));
      }
    }
    circuit.turn(port, 0, port.newBatch(columns).rows(rowtimes.length, rowtimes, null, null));
    return List.copyOf(told);
  }

  @Override
  public RowListener exit(String stream) {
    return batch -> {
      for (int row = 0; row < batch.size(); row++) {
        told.add(stream + "@" + batch.rowtimes()[row] + " " + values(batch, row));
      }
    };
  }

  @Override
  public void late(String query, Batch batch, int row) {
    throw new AssertionError("a filter has no late rows");
  }

  @Override
  public void failed(String query, Batch batch, int row, String error) {
    told.add(query + " failed for " + values(batch, row) + ": " + error);
  }

  private static String values(Batch batch, int row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (int c = 0; c < batch.schema().size(); c++) {
      values.add(batch.column(c).get(row));
    }
    return values.toString();
  }
}
