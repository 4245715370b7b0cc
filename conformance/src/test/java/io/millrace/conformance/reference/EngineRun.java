package io.millrace.conformance.reference;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A script in the engine, fed with rows. */
final class EngineRun {
  private final String script;
  private final int batchSize;
  private final List<Integer> tasks;
  private final Supplier<StateBackend> state;
  private final List<Row> came = new ArrayList<>();
  private long failures;

  /**
   * @param tasks in how many tasks it runs, then behind the first restart, and so on
   */
  EngineRun(String script, int batchSize, List<Integer> tasks) {
    this(script, batchSize, tasks, HeapStateBackend::new);
  }

  private EngineRun(
      String script, int batchSize, List<Integer> tasks, Supplier<StateBackend> state) {
    this.script = script;
    this.batchSize = batchSize;
    this.tasks = tasks;
    this.state = state;
  }

  /** As the constructor, with state in files, of which nearly nothing stays in memory. */
  static EngineRun inFiles(String script, int batchSize, List<Integer> tasks) {
    return new EngineRun(script, batchSize, tasks, files());
  }

  /** State on the heap and in files: what is saved of one is restored into the other. */
  static List<Supplier<StateBackend>> filesAndHeap() {
    return List.of(HeapStateBackend::new, files(), HeapStateBackend::new);
  }

  static Supplier<StateBackend> files() {
    return ChronicleState.ofFewRows(Path.of("target", "state"));
  }

  @Override
  public String toString() {
    return script + "\nbatch size " + batchSize + ", from start to start in tasks: " + tasks;
  }

  void play(List<InputRow> rows) {
    int parts = tasks.size();
    Snapshot snapshot = null;
    for (int i = 0; i < parts; i++) {
      List<InputRow> part = rows.subList(rows.size() * i / parts, rows.size() * (i + 1) / parts);
      snapshot = play(part, snapshot, tasks.get(i), i == parts - 1);
    }
  }

  private Snapshot play(
      List<InputRow> rows, @Nullable Snapshot from, int parallelism, boolean isLast) {
    Deployment deployment =
        Deployment.of(script).withSetting("parallelism", String.valueOf(parallelism));
    try (Engine engine =
        Engine.builder()
            .functions(UserAggregateExamples.classes())
            .clock(new VirtualClock(0))
            .batchSize(batchSize)
            .stateBackends(state)
            .build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output("O").subscribe(came::add);
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.sendAll(rows.stream().map(InputRow::toMap).toList());
      if (isLast) {
        input.end();
      }
      failures = job.metrics().failed().values().stream().mapToLong(Long::longValue).sum();
      return job.snapshot();
    }
  }

  /** How many rows have failed since the last start. */
  long failures() {
    return failures;
  }

  /** What came, with the times that are compared. */
  List<ResultRow> results(List<ResultRow> expected) {
    List<ResultRow> results = new ArrayList<>();
    for (Row row : came) {
      int index = results.size();
      boolean anyTime = index < expected.size() && expected.get(index).time() == ResultRow.ANY_TIME;
      results.add(result(row, anyTime));
    }
    return results;
  }

  /** A row that came, with its time if that is compared. */
  static ResultRow result(Row row, boolean anyTime) {
    List<@Nullable Object> values = values(row);
    // A column says it already where rows show their kinds.
    String kind = row.kind().symbol();
    boolean isGone = row.kind() == RowKind.DELETE || row.kind() == RowKind.UPDATE_BEFORE;
    if (isGone && !values.contains(kind)) {
      values.add(kind);
    }
    return new ResultRow(anyTime ? ResultRow.ANY_TIME : row.rowtime(), values);
  }

  /** The values of a row, all integers as longs. */
  static List<@Nullable Object> values(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    row.values().forEach(value -> values.add(withLongs(value)));
    return values;
  }

  private static @Nullable Object withLongs(@Nullable Object value) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> longs = new ArrayList<>();
      list.forEach(element -> longs.add(withLongs(element)));
      return longs;
    }
    return value instanceof Integer number ? (Object) number.longValue() : value;
  }
}
