package io.millrace.engine;

import io.millrace.compiler.graph.ExpressionKernels;
import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.compile.ScriptCompiler;
import io.millrace.engine.connect.Plugins;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.language.analysis.LanguageFunctions;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionProvider;
import io.millrace.spi.option.Options;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Clock;
import io.millrace.state.chronicle.ChronicleState;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.state.store.FileSnapshotStores;
import io.millrace.state.store.SnapshotKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an engine is made of. Immutable. */
public final class EngineParts {
  private final Plugins plugins;
  private final FunctionCatalog functions;
  private final KernelLoader loader;
  private final ScriptCompiler compiler;
  private final EngineCore core;
  private final int batchSize;
  private final boolean connectorsInMemory;
  private final @Nullable PrintStream console;
  private final @Nullable SnapshotStores stores;
  private final @Nullable Path transactionSnapshots;
  private final Supplier<StateBackend> backends;

  private EngineParts(
      Plugins plugins,
      FunctionCatalog functions,
      EngineCore core,
      int batchSize,
      KernelLoader loader,
      boolean connectorsInMemory,
      @Nullable PrintStream console,
      @Nullable SnapshotStores stores,
      @Nullable Path transactionSnapshots,
      Supplier<StateBackend> backends) {
    this.plugins = plugins;
    this.functions = functions;
    this.loader = loader;
    this.compiler = new ScriptCompiler(functions, plugins, new ExpressionKernels());
    this.core = core;
    this.batchSize = batchSize;
    this.connectorsInMemory = connectorsInMemory;
    this.console = console;
    this.stores = stores;
    this.transactionSnapshots = transactionSnapshots;
    this.backends = backends;
  }

  static EngineParts assemble(
      Plugins plugins,
      List<FunctionProvider> ownFunctions,
      Clock clock,
      int batchSize,
      boolean connectorsInMemory,
      @Nullable PrintStream console,
      @Nullable SnapshotStores stores,
      @Nullable Path transactionSnapshots,
      Supplier<StateBackend> backends) {
    FunctionCatalog functions = FunctionCatalog.load().with(ownFunctions);
    LanguageFunctions.refuseTakenNames(functions);
    KernelLoader loader = new JaninoKernelLoader(classLoaders(functions));
    return new EngineParts(
        plugins,
        functions,
        core(loader, batchSize, clock),
        batchSize,
        loader,
        connectorsInMemory,
        console,
        stores,
        transactionSnapshots,
        backends);
  }

  private static EngineCore core(KernelLoader loader, int batchSize, Clock clock) {
    return new EngineCore(new Circuit(loader, HeapStateBackend::new, batchSize), clock);
  }

  /** The same parts around a circuit of its own, whose turns are nobody else's. */
  EngineParts withOwnCircuit() {
    return new EngineParts(
        plugins,
        functions,
        core(loader, batchSize, core.clock()),
        batchSize,
        loader,
        connectorsInMemory,
        console,
        stores,
        transactionSnapshots,
        backends);
  }

  /**
   * The loaders of all classes that generated code may name: those of functions, and of the
   * program's records.
   */
  private static List<ClassLoader> classLoaders(FunctionCatalog functions) {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    functions
        .all()
        .forEach(function -> loaders.add(function.method().getDeclaringClass().getClassLoader()));
    functions.aggregates().forEach(aggregate -> loaders.add(aggregate.type().getClassLoader()));
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    if (own != null) {
      loaders.add(own);
    }
    return List.copyOf(loaders);
  }

  public Plugins plugins() {
    return plugins;
  }

  public FunctionCatalog functions() {
    return functions;
  }

  public ScriptCompiler compiler() {
    return compiler;
  }

  EngineCore core() {
    return core;
  }

  KernelLoader loader() {
    return loader;
  }

  boolean connectorsInMemory() {
    return connectorsInMemory;
  }

  @Nullable PrintStream console() {
    return console;
  }

  /** Where the snapshots of a script's job are kept, as the script or the engine says. */
  Optional<SnapshotStores> stores(CompiledScript script) {
    Options settings = script.settings();
    Optional<String> folder = settings.findString(StreamOptions.SNAPSHOT_DIR);
    return folder.isPresent()
        ? Optional.of(new FileSnapshotStores(Path.of(folder.get()), key(settings)))
        : Optional.ofNullable(stores);
  }

  /** Where they are kept, if nobody says, for a job whose output goes out in transactions. */
  Optional<SnapshotStores> transactionStores(CompiledScript script) {
    return Optional.ofNullable(transactionSnapshots)
        .map(folder -> new FileSnapshotStores(folder, key(script.settings())));
  }

  /**
   * Where the operators of a script's job keep their state, as the script or the engine says.
   *
   * @throws MillraceException if the JVM or the folder does not allow it
   */
  Supplier<StateBackend> backends(CompiledScript script) {
    Options settings = script.settings();
    if (!settings.isGiven(StreamOptions.STATE_BACKEND)) {
      return backends;
    }
    if (settings.getChoice(StreamOptions.STATE_BACKEND).equals("heap")) {
      return HeapStateBackend::new;
    }
    Path folder =
        settings
            .findString(StreamOptions.STATE_DIR)
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "millrace-state"));
    return ChronicleState.in(folder, settings.getLong(StreamOptions.STATE_HOT_ROWS));
  }

  private static @Nullable SnapshotKey key(Options settings) {
    Optional<String> file = settings.findString(StreamOptions.SNAPSHOT_KEY_FILE);
    Optional<String> variable = settings.findString(StreamOptions.SNAPSHOT_KEY_ENV);
    if (file.isPresent() && variable.isPresent()) {
      throw new MillraceException(
          "'"
              + StreamOptions.SNAPSHOT_KEY_FILE
              + "' and '"
              + StreamOptions.SNAPSHOT_KEY_ENV
              + "' are both given: leave one out");
    }
    return file.map(path -> SnapshotKey.fromFile(Path.of(path)))
        .or(() -> variable.map(SnapshotKey::fromEnvironment))
        .orElse(null);
  }
}
