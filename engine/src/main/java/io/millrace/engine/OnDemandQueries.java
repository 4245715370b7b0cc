package io.millrace.engine;

import io.millrace.language.plan.OnDemandPlan;
import io.millrace.language.plan.Rollup;
import io.millrace.language.plan.RollupSlice;
import io.millrace.language.plan.SortColumn;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.values.Comparisons;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.JobListener;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries against tables, named windows and aggregations: their rows, one by its key or all
 * of them, or the groups of some buckets, go once through the query's operators, in a circuit of
 * their own that lives as long as the query.
 */
final class OnDemandQueries {
  /** Rows that are taken before the time is looked at: EXPLODE may make many of each. */
  private static final int MOST_AT_ONCE = 32;

  private static final String RESULT = "result";
  private final Engine engine;
  private final EngineParts parts;
  private final QueryLimits limits;

  OnDemandQueries(Engine engine, EngineParts parts, QueryLimits limits) {
    this.engine = engine;
    this.parts = parts;
    this.limits = limits;
  }

  /**
   * Answers a query.
   *
   * @throws io.millrace.spi.error.ScriptException if it has errors
   * @throws MillraceException if an expression fails for a row, or it goes beyond the limits
   */
  List<Row> answer(String select) {
    OnDemandPlan plan =
        parts.compiler().onDemand(new SourceText("query", select), engine.streams());
    OperatorGraph graph = parts.compiler().graph(plan, RESULT, select);
    Result result = new Result(plan);
    Turns turns = parts.core().turns();
    if (turns.isInside()) {
      run(plan, find(plan), graph, result);
    } else {
      boolean isAnswered =
          turns.tryRun(
              () -> {
                parts.core().moveClock();
                parts.core().circuit().settle();
                run(plan, find(plan), graph, result);
              },
              limits.time().toNanos());
      if (!isAnswered) {
        throw new MillraceException(
            "rows that are on their way have kept the query waiting for "
                + limits.time().toSeconds()
                + " s: the job is held up");
      }
    }
    return result.rows();
  }

  private AskedRows find(OnDemandPlan plan) {
    return engine.jobs().stream()
        .flatMap(job -> find(plan, job).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new MillraceException(
                    plan.table().kind()
                        + " '"
                        + plan.table().name()
                        + "' holds no rows that could be asked for"));
  }

  private static Optional<AskedRows> find(OnDemandPlan plan, Job job) {
    String name = plan.table().name();
    Schema schema = plan.table().schema();
    RollupSlice slice = plan.slice();
    if (slice != null) {
      return job.findRollup(name).map(rollup -> new RollupRows(slice, rollup));
    }
    return plan.table().isTable()
        ? job.findTable(name).map(table -> new HeldRows(schema, new AskedTable(plan, table)))
        : job.findWindow(name).map(window -> new HeldRows(schema, window.contents()));
  }

  private void run(OnDemandPlan plan, AskedRows rows, OperatorGraph graph, Result result) {
    Clock clock = parts.core().clock();
    QueryLimits.Watch watch = limits.watch(clock.nanos());
    Circuit circuit =
        new Circuit(parts.loader(), HeapStateBackend::new, parts.core().circuit().batchSize());
    EvaluationContext evaluation = new EvaluationContext(parts.core().clock(), zone(plan));
    Map<String, Circuit.EntrySpec> entries =
        Map.of(plan.table().name(), new Circuit.EntrySpec(EntryPort.EntryTime.ARRIVAL, 1, false));
    CircuitJob job = circuit.add(graph, entries, evaluation, new Collector(result, watch), 1);
    job.listen(RESULT);
    EntryPort entry = job.entries().get(0);
    rows.read(
        Math.min(circuit.batchSize(), MOST_AT_ONCE),
        (count, columns, rowtimes) -> {
          Batch batch = entry.newBatch(columns);
          batch.rows(count, rowtimes, null, null);
          circuit.turn(entry, 0, batch);
          watch.checkTime(clock.nanos());
        });
    circuit.advance(entry, 0, Timeline.END);
  }

  /** What an aggregation keeps is by the calendar of its zone, and so is what is made of it. */
  private static ZoneId zone(OnDemandPlan plan) {
    Rollup rollup = plan.table().rollup();
    ZoneId zone = rollup == null ? null : rollup.window().zone();
    return zone == null ? ZoneOffset.UTC : zone;
  }

  /** A row of the result, and the internal values of all columns, those to sort by included. */
  private record Found(Row row, List<@Nullable Object> internal) {}

  /** The rows that have been found; where there is a LIMIT, not many more than it lets through. */
  private static final class Result {
    private static final int SLACK = 1024;
    private final OnDemandPlan plan;
    private final long most;
    private final List<Found> found = new ArrayList<>();

    Result(OnDemandPlan plan) {
      this.plan = plan;
      long limit = plan.limit().orElse(Long.MAX_VALUE);
      this.most = limit > Long.MAX_VALUE - plan.offset() ? Long.MAX_VALUE : limit + plan.offset();
    }

    void add(Batch batch) {
      for (int row = 0; row < batch.size(); row++) {
        List<@Nullable Object> internal = new ArrayList<>();
        for (int i = 0; i < batch.schema().size(); i++) {
          internal.add(batch.column(i).get(row));
        }
        found.add(new Found(Row.of(batch, row, plan.visible()), internal));
      }
      if (found.size() - SLACK > most && found.size() / 2 > most) {
        sort();
        found.subList((int) most, found.size()).clear();
      }
    }

    long size() {
      return Math.min(found.size(), most);
    }

    List<Row> rows() {
      sort();
      long limit = plan.limit().orElse(Long.MAX_VALUE);
      return found.stream().skip(plan.offset()).limit(limit).map(Found::row).toList();
    }

    /** Equal ones stay in the order in which they came. */
    private void sort() {
      if (!plan.order().isEmpty()) {
        found.sort((a, b) -> compare(a, b, plan.order()));
      }
    }

    private static int compare(Found a, Found b, List<SortColumn> order) {
      for (SortColumn column : order) {
        int result =
            compare(a.internal().get(column.column()), b.internal().get(column.column()), column);
        if (result != 0) {
          return result;
        }
      }
      return 0;
    }

    private static int compare(@Nullable Object a, @Nullable Object b, SortColumn column) {
      if (a == null || b == null) {
        int nulls = a == b ? 0 : a == null ? -1 : 1;
        return column.nullsFirst() ? nulls : -nulls;
      }
      return column.isDescending() ? Comparisons.compare(b, a) : Comparisons.compare(a, b);
    }
  }

  /** Collects the rows of the result. */
  private static final class Collector implements JobListener {
    private final Result result;
    private final QueryLimits.Watch watch;

    Collector(Result result, QueryLimits.Watch watch) {
      this.result = result;
      this.watch = watch;
    }

    @Override
    public RowListener exit(String stream) {
      return batch -> {
        result.add(batch);
        watch.checkRows(result.size());
      };
    }

    @Override
    public void late(String query, Batch batch, int row) {
      throw new IllegalStateException("a row of a table cannot be late");
    }

    @Override
    public void failed(String query, Batch batch, int row, String error) {
      throw new MillraceException("the query failed: " + error);
    }
  }
}
