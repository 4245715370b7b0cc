package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.heap.HeapStateBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A script in the engine, fed with rows of several streams and with changes of tables. */
final class JoinRun {
  /** In how many tasks a script runs, then behind a restart, then behind another one. */
  private static final List<List<Integer>> TASKS =
      List.of(
          List.of(1), List.of(4), List.of(1, 1), List.of(4, 4), List.of(1, 4), List.of(4, 1, 3));

  /** Each way of running a script has one of them, from query to query another one. */
  private static final int[] BATCH_SIZES = {1, 7, 1024};

  private final String script;
  private final int batchSize;
  private final List<Integer> tasks;
  private final Supplier<StateBackend> state;
  private final List<Row> came = new ArrayList<>();

  private JoinRun(String script, int batchSize, List<Integer> tasks) {
    this(script, batchSize, tasks, HeapStateBackend::new);
  }

  private JoinRun(String script, int batchSize, List<Integer> tasks, Supplier<StateBackend> state) {
    this.script = script;
    this.batchSize = batchSize;
    this.tasks = tasks;
    this.state = state;
  }

  /** A row for a stream or a table, or a deletion. */
  record Event(String input, boolean isDeletion, Map<String, @Nullable Object> values, long time) {
    private static final String CLOCK = "";

    /** The clock moves, and nothing comes. */
    static Event clock(long time) {
      return new Event(CLOCK, false, Map.of(), time);
    }

    private boolean isClock() {
      return input.equals(CLOCK);
    }
  }

  /** Plays events in all ways of running a script, and compares what comes from O. */
  static void check(String script, List<Event> events, List<ResultRow> expected) {
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      new JoinRun(script, BATCH_SIZES[next++ % BATCH_SIZES.length], tasks).check(events, expected);
    }
  }

  /** As above, in one task and with restarts in others, with state in files. */
  static void checkInFiles(String script, List<Event> events, List<ResultRow> expected) {
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : List.of(List.of(1), List.of(1, 1), List.of(4, 1, 3))) {
      int batchSize = BATCH_SIZES[next++ % BATCH_SIZES.length];
      new JoinRun(script, batchSize, tasks, EngineRun.files()).check(events, expected);
    }
  }

  /**
   * As above, in one way of running a script: for many scripts of which each is small.
   *
   * @param number of the script: others are run in other ways
   */
  static void checkOneWay(int number, String script, List<Event> events, List<ResultRow> expected) {
    List<Integer> tasks = TASKS.get(number % TASKS.size());
    int batchSize = BATCH_SIZES[number / TASKS.size() % BATCH_SIZES.length];
    new JoinRun(script, batchSize, tasks).check(events, expected);
  }

  private void check(List<Event> events, List<ResultRow> expected) {
    play(events);
    List<ResultRow> results = new ArrayList<>();
    for (Row row : came) {
      int index = results.size();
      boolean anyTime = index < expected.size() && expected.get(index).time() == ResultRow.ANY_TIME;
      results.add(EngineRun.result(row, anyTime));
    }
    assertThat(results).as(toString()).isEqualTo(expected);
  }

  /** As above, of rows in any order; if one may have any time, all may. */
  static void checkInAnyOrder(String script, List<Event> events, List<ResultRow> expected) {
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    boolean anyTime = expected.stream().anyMatch(row -> row.time() == ResultRow.ANY_TIME);
    List<ResultRow> rows =
        anyTime
            ? expected.stream().map(r -> new ResultRow(ResultRow.ANY_TIME, r.values())).toList()
            : expected;
    for (List<Integer> tasks : TASKS) {
      JoinRun run = new JoinRun(script, BATCH_SIZES[next++ % BATCH_SIZES.length], tasks);
      run.play(events);
      assertThat(run.came.stream().map(row -> EngineRun.result(row, anyTime)).toList())
          .as(run.toString())
          .containsExactlyInAnyOrderElementsOf(rows);
    }
  }

  /**
   * As above, of rows that take others back: what is taken back is there, and what is left in the
   * end is what is expected, whatever the times.
   */
  static void checkWhatIsLeft(String script, List<Event> events, List<ResultRow> expected) {
    int next = Math.floorMod(script.hashCode(), BATCH_SIZES.length);
    for (List<Integer> tasks : TASKS) {
      JoinRun run = new JoinRun(script, BATCH_SIZES[next++ % BATCH_SIZES.length], tasks);
      run.play(events);
      List<List<@Nullable Object>> left = new ArrayList<>();
      for (Row row : run.came) {
        List<@Nullable Object> values = EngineRun.values(row);
        if (row.kind() == RowKind.DELETE) {
          assertThat(left.remove(values)).as("%s is there in%n%s", values, run).isTrue();
        } else {
          left.add(values);
        }
      }
      assertThat(left)
          .as(run.toString())
          .containsExactlyInAnyOrderElementsOf(expected.stream().map(ResultRow::values).toList());
    }
  }

  @Override
  public String toString() {
    return script + "\nbatch size " + batchSize + ", from start to start in tasks: " + tasks;
  }

  private void play(List<Event> events) {
    int parts = tasks.size();
    Snapshot snapshot = null;
    for (int i = 0; i < parts; i++) {
      List<Event> part = events.subList(events.size() * i / parts, events.size() * (i + 1) / parts);
      snapshot = play(part, snapshot, tasks.get(i), i == parts - 1);
    }
  }

  private Snapshot play(
      List<Event> events, @Nullable Snapshot from, int parallelism, boolean isLast) {
    Deployment deployment =
        Deployment.of(script).withSetting("parallelism", String.valueOf(parallelism));
    try (Engine engine =
        Engine.builder()
            .clock(new VirtualClock(0))
            .batchSize(batchSize)
            .stateBackends(state)
            .build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output("O").subscribe(came::add);
      int next = 0;
      while (next < events.size()) {
        if (events.get(next).isClock()) {
          engine.advanceClock(events.get(next++).time());
        } else {
          next = send(job, events, next);
        }
      }
      if (isLast) {
        job.inputs().forEach(input -> job.input(input).end());
      }
      return job.snapshot();
    }
  }

  /**
   * Sends a deletion, or the rows of one input that follow each other.
   *
   * @return where the next ones begin
   */
  private static int send(Job job, List<Event> events, int from) {
    Event first = events.get(from);
    Input<Map<String, ? extends @Nullable Object>> input = job.input(first.input());
    if (first.isDeletion()) {
      input.delete(first.values(), first.time());
      return from + 1;
    }
    int to = from;
    while (to < events.size()
        && events.get(to).input().equals(first.input())
        && !events.get(to).isDeletion()) {
      to++;
    }
    List<Event> together = events.subList(from, to);
    input.sendAll(
        together.stream().map(Event::values).toList(),
        together.stream().mapToLong(Event::time).toArray());
    return to;
  }
}
