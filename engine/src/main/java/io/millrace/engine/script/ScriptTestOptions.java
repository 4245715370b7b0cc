package io.millrace.engine.script;

import io.millrace.engine.Engine;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How script tests are run. Immutable; the methods give changed copies.
 *
 * @param batchSize how many rows go through the operators at once; with 1 each row is sent by
 *     itself, else consecutive rows of one stream are sent together
 * @param restarts where the tests are interrupted
 * @param variables values of {@code ${name}}
 * @param settings values that go before SET in the scripts
 * @param engines begins the engines, such as with functions of the application's own; clock, batch
 *     size and connectors are set by the tests
 */
public record ScriptTestOptions(
    int batchSize,
    Restarts restarts,
    Map<String, String> variables,
    Map<String, String> settings,
    Supplier<Engine.Builder> engines) {

  public ScriptTestOptions {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize);
    }
    variables = Map.copyOf(variables);
    settings = Map.copyOf(settings);
  }

  /** Rows one by one, no restarts, no variables, the functions on the class path. */
  public static ScriptTestOptions defaults() {
    return new ScriptTestOptions(1, Restarts.AS_WRITTEN, Map.of(), Map.of(), Engine::builder);
  }

  public ScriptTestOptions withBatchSize(int rows) {
    return new ScriptTestOptions(rows, restarts, variables, settings, engines);
  }

  public ScriptTestOptions withRestarts(Restarts where) {
    return new ScriptTestOptions(batchSize, where, variables, settings, engines);
  }

  public ScriptTestOptions withVariables(Map<String, String> values) {
    return new ScriptTestOptions(batchSize, restarts, values, settings, engines);
  }

  /** Settings that go before SET in the scripts. */
  public ScriptTestOptions withSettings(Map<String, String> values) {
    return new ScriptTestOptions(batchSize, restarts, variables, values, engines);
  }

  public ScriptTestOptions withEngines(Supplier<Engine.Builder> builders) {
    return new ScriptTestOptions(batchSize, restarts, variables, settings, builders);
  }
}
