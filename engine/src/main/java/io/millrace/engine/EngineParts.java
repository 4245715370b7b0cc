package io.millrace.engine;

import io.millrace.compiler.graph.ExpressionKernels;
import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.compile.ScriptCompiler;
import io.millrace.engine.connect.Plugins;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionProvider;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.time.Clock;
import io.millrace.state.heap.HeapStateBackend;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an engine is made of. Immutable. */
public final class EngineParts {
  private final Plugins plugins;
  private final FunctionCatalog functions;
  private final KernelLoader loader;
  private final ScriptCompiler compiler;
  private final EngineCore core;
  private final boolean connectorsInMemory;
  private final @Nullable PrintStream console;
  private final @Nullable SnapshotStores stores;

  private EngineParts(
      Plugins plugins,
      FunctionCatalog functions,
      EngineCore core,
      KernelLoader loader,
      boolean connectorsInMemory,
      @Nullable PrintStream console,
      @Nullable SnapshotStores stores) {
    this.plugins = plugins;
    this.functions = functions;
    this.loader = loader;
    this.compiler = new ScriptCompiler(functions, plugins, new ExpressionKernels());
    this.core = core;
    this.connectorsInMemory = connectorsInMemory;
    this.console = console;
    this.stores = stores;
  }

  static EngineParts assemble(
      Plugins plugins,
      List<FunctionProvider> ownFunctions,
      Clock clock,
      int batchSize,
      boolean connectorsInMemory,
      @Nullable PrintStream console,
      @Nullable SnapshotStores stores) {
    FunctionCatalog functions = FunctionCatalog.load().with(ownFunctions);
    KernelLoader loader = new JaninoKernelLoader(classLoaders(functions));
    Circuit circuit = new Circuit(loader, HeapStateBackend::new, batchSize);
    return new EngineParts(
        plugins,
        functions,
        new EngineCore(circuit, clock),
        loader,
        connectorsInMemory,
        console,
        stores);
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

  /** Where the snapshots of a script's job are kept; null if nowhere. */
  @Nullable SnapshotStores stores(CompiledScript script) {
    return stores;
  }
}
