package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.StreamErrors;
import io.millrace.engine.row.MapFiller;
import io.millrace.engine.row.RecordAdapters;
import io.millrace.engine.row.RowFiller;
import io.millrace.engine.row.RowReader;
import io.millrace.engine.row.ValuesReader;
import io.millrace.engine.show.OperatorNotes;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.operators.rollup.RollupOperator;
import io.millrace.operators.table.TableContents;
import io.millrace.operators.window.HeldContents;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.commit.JobImage;
import io.millrace.runtime.source.RowTime;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A deployed script. Rows of its in-memory streams are taken at once; its connectors run from
 * {@link #start} on. Thread-safe.
 */
public final class Job implements JobControl {
  private final String name;
  private final Engine engine;
  private final EngineCore core;
  private final CompiledScript script;
  private final CircuitJob circuit;
  private final JobPipes pipes;
  private final RecordAdapters adapters;
  private final JobOverload overload;
  private final JobConnectors connectors;
  private volatile JobState state = JobState.DEPLOYED;
  private volatile @Nullable Throwable failure;

  /** Whether it is over for good, or about to be. */
  private volatile boolean isEnding;

  private volatile boolean hasFailedAtClose;

  Job(
      String name,
      Engine engine,
      EngineCore core,
      CompiledScript script,
      CircuitJob circuit,
      JobPipes pipes,
      RecordAdapters adapters,
      JobOpener opener,
      JobAttempt attempt) {
    this.name = name;
    this.engine = engine;
    this.core = core;
    this.script = script;
    this.circuit = circuit;
    this.pipes = pipes;
    this.adapters = adapters;
    this.overload = opener.overload();
    pipes
        .outlets()
        .forEach(
            outlet -> outlet.onUse(() -> core.turns().run(() -> circuit.listen(outlet.stream()))));
    this.connectors =
        new JobConnectors(
            name,
            core,
            pipes,
            circuit,
            opener,
            attempt,
            () -> core.turns().run(() -> new ConstantFeed(core, this).send()),
            this::end);
  }

  @Override
  public String name() {
    return name;
  }

  public JobState state() {
    return state;
  }

  /** This job. */
  @Override
  public List<Job> jobs() {
    return List.of(this);
  }

  /** Why the job failed; empty if it did not. */
  @Override
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** The streams and tables of the script with their columns, in its order. */
  public List<StreamDeclaration> streams() {
    return script.plan().streams();
  }

  /**
   * The names under which {@link #output} gives rows: the script's streams and tables, and its bare
   * queries.
   */
  public List<String> outputs() {
    List<String> names = new ArrayList<>();
    pipes.outlets().forEach(outlet -> names.add(outlet.stream()));
    return names;
  }

  /** The streams and tables that {@link #input} takes rows for. */
  public List<String> inputs() {
    return circuit.entries().stream().map(EntryPort::stream).filter(this::isInMemory).toList();
  }

  /** The columns of an output. */
  public Schema schema(String output) {
    return outlet(output).schema();
  }

  /**
   * Takes rows for an in-memory stream, as records whose components are named like columns; columns
   * that have none are NULL.
   *
   * @throws MillraceException if there is no such stream, or the record does not fit
   */
  public <T extends Record> Input<T> input(String stream, Class<T> type) {
    EntryPort port = entry(stream);
    return input(port, adapters.filler(type, port.schema(), port.stream()));
  }

  /**
   * Takes rows for an in-memory stream, as maps from column names to values in their external
   * forms.
   */
  public Input<Map<String, ? extends @Nullable Object>> input(String stream) {
    EntryPort port = entry(stream);
    return input(port, new MapFiller(port.schema()));
  }

  private <T> Input<T> input(EntryPort port, RowFiller<T> filler) {
    return new Input<>(
        core, this, port, rowTime(port.stream()), filler, overload.ofProgram(port.stream()));
  }

  /**
   * The rows of a stream, table or bare query ({@code result}) as records.
   *
   * @throws MillraceException if there is no such output, or the record does not fit
   */
  public <T extends Record> Output<T> output(String stream, Class<T> type) {
    StreamOutlet outlet = outlet(stream);
    return new Output<>(outlet, adapters.reader(type, outlet.schema(), outlet.stream()));
  }

  /** The rows of a stream, table or bare query ({@code result}). */
  public Output<Row> output(String stream) {
    StreamOutlet outlet = outlet(stream);
    return new Output<>(outlet, rowReader(outlet.schema()));
  }

  static RowReader<Row> rowReader(Schema schema) {
    ValuesReader values = new ValuesReader(schema);
    return (batch, row) ->
        new Row(schema, values.read(batch, row), batch.rowtimes()[row], batch.kind(row));
  }

  /** Sends the rows of {@code INSERT … VALUES} and starts the connectors. */
  @Override
  public void start() {
    become(JobState.RUNNING);
    connectors.start();
  }

  /**
   * Waits until the job's inputs have ended or it was stopped.
   *
   * @return whether that has happened
   * @throws MillraceException if the job failed
   */
  @Override
  public boolean await(Duration timeout) {
    boolean ended = connectors.await(timeout);
    Throwable reason = failure;
    if (reason != null) {
      throw new MillraceException("job '" + name + "' failed: " + reason.getMessage(), reason);
    }
    return ended;
  }

  /** Answers a query against a table, or a named window, with what it holds now. */
  public List<Row> query(String select) {
    return engine.query(select);
  }

  /** Answers a query as {@link #query(String)} does, unless it goes beyond limits. */
  public List<Row> query(String select, QueryLimits limits) {
    return engine.query(select, limits);
  }

  /** A snapshot of the job's state, taken between two turns. */
  public Snapshot snapshot() {
    Snapshot[] taken = new Snapshot[1];
    if (!core.turns().enter()) {
      throw new MillraceException("a subscriber cannot take a snapshot: its turn is not over");
    }
    try {
      taken[0] = Snapshot.ofBytes(JobImage.of(circuit).toBytes());
      connectors.noteForeignCapture();
    } finally {
      core.turns().leave();
    }
    return taken[0];
  }

  /**
   * Has a snapshot taken and committed now, and waits for that: everything that was read and
   * written before is final then.
   *
   * @return the snapshot's id
   * @throws MillraceException if the job keeps no snapshots, or ends before, or the time passes
   */
  public long commit(Duration timeout) {
    try {
      return commit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new MillraceException(
          "job '" + name + "': " + Objects.requireNonNull(e.getCause()).getMessage(), e);
    } catch (TimeoutException e) {
      throw new MillraceException(
          "job '" + name + "' has not committed a snapshot within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException("interrupted while waiting for a commit", e);
    }
  }

  /**
   * Has a snapshot taken and committed as soon as possible, without waiting for it.
   *
   * @return its id, when it is committed; fails if it never will be
   */
  public CompletableFuture<Long> commit() {
    return connectors
        .commitNow()
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new MillraceException(
                        connectors.keepsSnapshots()
                            ? "it is not running at the moment"
                            : "it keeps no snapshots that could be committed")));
  }

  /** Where its snapshots are; empty if it keeps none, or not in files. */
  public Optional<Path> snapshotFolder() {
    return connectors.snapshotFolder();
  }

  /** Whether all its connected inputs end by themselves; true without any. */
  public boolean isBounded() {
    return connectors.isBounded();
  }

  /** What the job has done so far, between two turns. */
  @Override
  public JobMetrics metrics() {
    boolean entered = core.turns().enter();
    try {
      return currentMetrics();
    } finally {
      if (entered) {
        core.turns().leave();
      }
    }
  }

  private JobMetrics currentMetrics() {
    Map<String, Long> in = new LinkedHashMap<>();
    circuit.entries().stream()
        .filter(entry -> !pipes.exchanges().has(entry.stream()))
        .forEach(entry -> in.put(entry.stream(), entry.rows()));
    Map<String, Long> out = new LinkedHashMap<>();
    pipes
        .outlets()
        .forEach(
            outlet -> {
              if (!in.containsKey(outlet.stream())) {
                out.put(outlet.stream(), circuit.rows(outlet.stream()));
              }
            });
    Map<String, Long> written = new LinkedHashMap<>();
    pipes
        .outlets()
        .forEach(
            outlet -> outlet.written().ifPresent(count -> written.put(outlet.stream(), count)));
    Map<String, Long> failed = new LinkedHashMap<>();
    Map<String, Long> rejected = new LinkedHashMap<>();
    for (Map.Entry<String, StreamErrors> entry : pipes.errors().entrySet()) {
      failed.put(entry.getKey(), entry.getValue().counts().failed());
      rejected.put(entry.getKey(), entry.getValue().counts().rejected());
    }
    return new JobMetrics(
        in,
        out,
        written,
        pipes.late(),
        failed,
        rejected,
        overload.shed(),
        connectors.lagMillis(),
        circuit.stateEntries(),
        connectors.snapshotMetrics(),
        circuit.metrics());
  }

  /**
   * The operators of the job as EXPLAIN PHYSICAL prints them, each with what it has done so far:
   * rows sent, rows that came too late, keys and rows held, watermark.
   */
  @Override
  public String explainAnalyze() {
    return OperatorNotes.explain(script, metrics().operators());
  }

  /**
   * As {@link #explainAnalyze()}, of what makes the rows of one stream, table or query: {@code
   * EXPLAIN ANALYZE} of what runs already.
   *
   * @param name as declared; {@code result} is a query without a name
   * @throws MillraceException if the job has none of that name
   */
  @Override
  public String explainAnalyze(String name) {
    return OperatorNotes.explain(script, metrics().operators(), name);
  }

  /** Stops the job and takes it out of the engine. */
  @Override
  public void close() {
    engine.drop(this);
  }

  CircuitJob circuit() {
    return circuit;
  }

  CompiledScript script() {
    return script;
  }

  Optional<TableContents> findTable(String table) {
    return circuit.findTable(table);
  }

  Optional<HeldContents.Holder> findWindow(String window) {
    return circuit.findWindow(window);
  }

  Optional<RollupOperator> findRollup(String aggregation) {
    return circuit.findRollup(aggregation);
  }

  void checkOpen() {
    if (isEnding) {
      JobState now = state;
      String over = now.isTerminal() ? now.name().toLowerCase(Locale.ROOT) : "stopping";
      throw new MillraceException("job '" + name + "' takes no rows: it is " + over);
    }
  }

  /** Has {@link #stop} make nothing final, since another process runs the job by now. */
  void abandon() {
    connectors.abandon();
  }

  /**
   * Stops the connectors behind the rows that were read, and writes what came of them. Does nothing
   * if the job is over.
   *
   * @throws MillraceException if that could not be written to its end; the job has failed then
   */
  @Override
  public void stop() {
    boolean wasOver = state.isTerminal();
    connectors.stop();
    if (!state.isTerminal()) {
      end(JobState.STOPPED, null);
    }
    Throwable reason = failure;
    if (!wasOver && reason instanceof RuntimeException unwritten && hasFailedAtClose) {
      throw unwritten;
    }
  }

  /**
   * Ends the job; what it has open is closed. A job whose output cannot be written to its end has
   * failed. Does nothing if the job is over already.
   */
  void end(JobState last, @Nullable Throwable reason) {
    synchronized (this) {
      if (isEnding || !state.mayBecome(last)) {
        return;
      }
      isEnding = last != JobState.FINISHED;
    }
    RuntimeException unwritten = isEnding ? closeConnectors() : null;
    synchronized (this) {
      hasFailedAtClose = reason == null && unwritten != null;
      failure = reason != null ? reason : unwritten;
      state = failure != null ? JobState.FAILED : last;
      if (failure != null) {
        isEnding = true;
      }
    }
  }

  private @Nullable RuntimeException closeConnectors() {
    try {
      connectors.close();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private synchronized void become(JobState next) {
    if (!state.mayBecome(next)) {
      throw new MillraceException("job '" + name + "' is " + state + " and cannot become " + next);
    }
    state = next;
  }

  private EntryPort entry(String stream) {
    return circuit
        .findEntry(stream)
        .filter(port -> isInMemory(port.stream()))
        .orElseThrow(() -> unknown("input stream", stream, inputs()));
  }

  private boolean isInMemory(String stream) {
    return script.plan().streams().stream()
        .anyMatch(
            s ->
                s.name().equalsIgnoreCase(stream)
                    && (s.connector() == null || engine.parts().connectorsInMemory()));
  }

  RowTime rowTime(String stream) {
    for (StreamDeclaration declared : script.plan().streams()) {
      if (declared.name().equalsIgnoreCase(stream)) {
        return StreamTimes.rowTime(declared, false);
      }
    }
    throw new IllegalArgumentException(stream);
  }

  private StreamOutlet outlet(String stream) {
    StreamOutlet outlet = pipes.findOutlet(stream);
    if (outlet == null) {
      throw unknown("output", stream, outputs());
    }
    return outlet;
  }

  private MillraceException unknown(String what, String wanted, List<String> known) {
    String hint =
        NearestName.hint(wanted, known)
            .orElse("it has " + (known.isEmpty() ? "none" : String.join(", ", known)));
    return new MillraceException(
        "job '" + name + "' has no " + what + " '" + wanted + "'; " + hint);
  }
}
