package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.runtime.agent.Ticker;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.function.FunctionProvider;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.heap.HeapStateBackend;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An embedded engine: deploys scripts as jobs, whose streams later scripts may read. Thread-safe.
 *
 * <pre>{@code
 * try (Engine engine = Engine.create()) {
 *   Job job = engine.deploy("""
 *       CREATE STREAM Trades (symbol STRING, price DOUBLE, volume BIGINT);
 *       CREATE STREAM Alerts AS SELECT symbol, price * volume AS value FROM Trades WHERE price > 100;
 *       """);
 *   job.output("Alerts", Alert.class).subscribe(alert -> …);
 *   job.input("Trades", Trade.class).send(new Trade("IBM", 121.5, 300));
 * }
 * }</pre>
 *
 * <p>Without connectors the engine has no thread of its own: rows are processed by the thread that
 * sends them. Rows of all threads take turns.
 */
public final class Engine implements AutoCloseable {
  private static final long TICK_MILLIS = 10;
  private final EngineParts parts;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private @Nullable AgentThread ticker;
  private int nextJob = 1;

  Engine(EngineParts parts) {
    this.parts = parts;
  }

  /**
   * An engine with the machine's clock and all connectors, formats and functions on the class path.
   */
  public static Engine create() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Deploys a script as a new job. */
  public Job deploy(String script) {
    return deploy(Deployment.of(script));
  }

  /**
   * Deploys a script. Its sources and sinks are opened; they run when the job is started.
   *
   * @throws io.millrace.spi.error.ScriptException with all errors of the script, if it has any
   * @throws MillraceException if a source or sink cannot be opened, or the snapshot is of another
   *     script
   */
  public synchronized Job deploy(Deployment deployment) {
    String name = deployment.jobName() != null ? deployment.jobName() : "job-" + nextJob++;
    checkIsFree(name);
    return launch(name, compile(deployment), deployment.snapshot());
  }

  /**
   * Deploys a script that {@link #compile(Deployment, List)} gave, as a new job.
   *
   * @throws MillraceException if a source or sink cannot be opened
   */
  public synchronized Job deploy(String jobName, CompiledScript script) {
    checkIsFree(jobName);
    return launch(jobName, script, null);
  }

  /**
   * Makes this process one of those that share a job. It runs when it is started; whoever gets it
   * closes it.
   *
   * @throws MillraceException if the script cannot be shared, with the reason, or the system that
   *     spreads the partitions cannot be reached
   */
  public SharedJob share(String jobName, CompiledScript script) {
    return new JobSharing(parts, jobName, script).open();
  }

  /** Makes one part of a shared job, as the only job of this engine. */
  synchronized Job launchPart(String jobName, JobPart part, CompiledScript script) {
    Job job = new JobLauncher(this, parts, jobName, script).ofPart(part).launch(null);
    jobs.put(job.name(), job);
    startTicker();
    return job;
  }

  private void checkIsFree(String jobName) {
    if (jobs.containsKey(jobName)) {
      throw new MillraceException("there is a job '" + jobName + "' already");
    }
  }

  private Job launch(String name, CompiledScript script, @Nullable Snapshot snapshot) {
    if (script.isShared() && !parts.connectorsInMemory()) {
      throw new MillraceException(
          "job '"
              + name
              + "' says SET '"
              + StreamOptions.SHARED
              + "' = 'true': it is made by Engine.share, not by deploy");
    }
    Job job = new JobLauncher(this, parts, name, script).launch(snapshot);
    jobs.put(name, job);
    startTicker();
    return job;
  }

  /** Compiles a script without running it; throws as {@link #deploy} does. */
  public CompiledScript compile(Deployment deployment) {
    return compile(deployment, List.of());
  }

  /**
   * Compiles a script without running it; throws as {@link #deploy(Deployment)} does.
   *
   * @param earlier scripts that will be deployed before it, whose streams it may read
   */
  public CompiledScript compile(Deployment deployment, List<CompiledScript> earlier) {
    SourceText source = new SourceText(deployment.sourceName(), deployment.script());
    List<StreamDeclaration> streams = streams();
    earlier.forEach(script -> streams.addAll(script.plan().streams()));
    return parts.compiler().compile(source, deployment.variables(), deployment.settings(), streams);
  }

  /** The streams and tables of all jobs. */
  public synchronized List<StreamDeclaration> streams() {
    List<StreamDeclaration> streams = new ArrayList<>();
    jobs.values().forEach(job -> streams.addAll(job.streams()));
    return streams;
  }

  public synchronized List<Job> jobs() {
    return List.copyOf(jobs.values());
  }

  public synchronized Optional<Job> findJob(String name) {
    return Optional.ofNullable(jobs.get(name));
  }

  /**
   * Answers a query against a table, or a named window, with what it holds now.
   *
   * @throws io.millrace.spi.error.ScriptException if the query has errors
   */
  public List<Row> query(String select) {
    return query(select, QueryLimits.NONE);
  }

  /**
   * Answers a query as {@link #query(String)} does, unless it goes beyond limits.
   *
   * @throws io.millrace.spi.error.ScriptException if the query has errors
   * @throws MillraceException if it goes beyond the limits
   */
  public List<Row> query(String select, QueryLimits limits) {
    return new OnDemandQueries(this, parts, limits).answer(select);
  }

  /**
   * Moves a virtual clock, and lets happen what is due by then.
   *
   * @param millis milliseconds since the epoch
   * @throws MillraceException if the engine has another clock
   */
  public void advanceClock(long millis) {
    if (!(parts.core().clock() instanceof VirtualClock virtual)) {
      throw new MillraceException(
          "the clock of this engine is the machine's: build it with a VirtualClock to move it");
    }
    parts
        .core()
        .turns()
        .run(
            () -> {
              virtual.advanceTo(millis);
              parts.core().circuit().advanceClock(millis);
              parts.core().failures().throwIfAny();
            });
  }

  /** What functions, connectors and formats the engine has, and how it compiles. */
  public EngineParts parts() {
    return parts;
  }

  /** Stops a job and takes it out of the engine. */
  void drop(Job job) {
    synchronized (this) {
      if (jobs.get(job.name()) != job) {
        return;
      }
      if (parts.core().turns().isInside()) {
        throw new MillraceException("a subscriber cannot drop a job: its turn is not over");
      }
      parts.core().turns().run(job.circuit()::checkRemovable);
      jobs.remove(job.name());
    }
    new Closing()
        .then(job::stop)
        .then(() -> parts.core().turns().run(job.circuit()::remove))
        .finish();
  }

  /** Drops all jobs, the last first. */
  @Override
  public void close() {
    List<Job> all = jobs();
    Closing closing = new Closing();
    for (int i = all.size() - 1; i >= 0; i--) {
      Job job = all.get(i);
      closing.then(() -> drop(job));
    }
    AgentThread ticking = ticker;
    if (ticking != null) {
      closing.then(ticking::stop);
    }
    closing.finish();
  }

  /** Streams whose time is their arrival need a clock that ticks, unless it is a virtual one. */
  private void startTicker() {
    if (ticker == null
        && !(parts.core().clock() instanceof VirtualClock)
        && parts.core().circuit().needsClock()) {
      AgentThread started =
          new AgentThread(new Ticker("millrace-clock", TICK_MILLIS, parts.core()::tick), true);
      ticker = started;
      started.start();
    }
  }

  /** Says what an engine is made of. */
  public static final class Builder {
    private final List<FunctionProvider> functions = new ArrayList<>();
    private final List<Connector> connectors = new ArrayList<>();
    private final List<Format> formats = new ArrayList<>();
    private Clock clock = Clock.system();
    private int batchSize = 1024;
    private boolean connectorsInMemory;
    private @Nullable PrintStream console;
    private @Nullable SnapshotStores stores;
    private @Nullable Path transactionSnapshots;
    private Supplier<StateBackend> backends = HeapStateBackend::new;

    private Builder() {}

    /**
     * The clock; a {@link VirtualClock} stands still until {@link Engine#advanceClock} moves it.
     */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Functions beside those on the class path: public classes with annotated static methods
     * ({@link io.millrace.spi.function.ScalarFunction}), or that are aggregates ({@link
     * io.millrace.spi.function.AggregateFunction}).
     */
    public Builder functions(Class<?>... classes) {
      functions.add(() -> List.of(classes));
      return this;
    }

    public Builder connector(Connector connector) {
      connectors.add(connector);
      return this;
    }

    public Builder format(Format format) {
      formats.add(format);
      return this;
    }

    /** How many rows go through the operators at once, at most; results do not depend on it. */
    public Builder batchSize(int rows) {
      batchSize = rows;
      return this;
    }

    /** Has streams with connectors treated as in-memory streams, for tests of scripts. */
    public Builder connectorsInMemory() {
      connectorsInMemory = true;
      return this;
    }

    /**
     * Where the rows of bare queries and of the console connector go; without one, bare queries go
     * to subscribers only.
     */
    public Builder console(PrintStream stream) {
      console = stream;
      return this;
    }

    /**
     * Where jobs keep their snapshots, unless their scripts say so. Jobs whose sources can be read
     * again keep some.
     */
    public Builder snapshots(SnapshotStores value) {
      stores = value;
      return this;
    }

    /**
     * The folder in which jobs whose output goes out in transactions keep their snapshots, if
     * neither their scripts nor {@link #snapshots} say where: so these are exactly once without
     * being told.
     */
    public Builder transactionSnapshots(Path folder) {
      transactionSnapshots = folder;
      return this;
    }

    /**
     * Makes the state of each operator, of jobs whose scripts do not say where it lies. On the
     * heap, if nobody says.
     */
    public Builder stateBackends(Supplier<StateBackend> value) {
      backends = value;
      return this;
    }

    public Engine build() {
      Plugins plugins = Plugins.load(connectors, formats);
      return new Engine(
          EngineParts.assemble(
              plugins,
              functions,
              clock,
              batchSize,
              connectorsInMemory,
              console,
              stores,
              transactionSnapshots,
              backends));
    }
  }
}
