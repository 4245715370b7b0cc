package io.millrace.engine.script;

import io.millrace.engine.Engine;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How script tests are run. Immutable; the methods give changed copies.
 *
 * @param batchSize how many rows go through the operators at once; with 1 each row is sent by
 *     itself, else consecutive rows of one stream are sent together
 * @param restarts where the tests are interrupted
 * @param variables values of {@code ${name}}
 * @param settings values that go before SET in the scripts: those until the first restart, those
 *     until the second one, and so on, then the first ones again
 * @param engines begins the engines, such as with functions of the application's own; clock, batch
 *     size and connectors are set by the tests
 */
public record ScriptTestOptions(
    int batchSize,
    Restarts restarts,
    Map<String, String> variables,
    List<Map<String, String>> settings,
    Supplier<Engine.Builder> engines) {

  public ScriptTestOptions {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size " + batchSize);
    }
    variables = Map.copyOf(variables);
    settings = settings.stream().map(Map::copyOf).toList();
    if (settings.isEmpty()) {
      throw new IllegalArgumentException("no settings");
    }
  }

  /** Rows one by one, no restarts, no variables, the functions on the class path. */
  public static ScriptTestOptions defaults() {
    return new ScriptTestOptions(
        1, Restarts.AS_WRITTEN, Map.of(), List.of(Map.of()), Engine::builder);
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
    return withSettingsInTurn(List.of(values));
  }

  /** Settings that change with every restart: one after the other, then from the first on. */
  public ScriptTestOptions withSettingsInTurn(List<Map<String, String>> values) {
    return new ScriptTestOptions(batchSize, restarts, variables, values, engines);
  }

  /** The settings behind so many restarts. */
  Map<String, String> settingsBehind(int restarted) {
    return settings.get(restarted % settings.size());
  }

  public ScriptTestOptions withEngines(Supplier<Engine.Builder> builders) {
    return new ScriptTestOptions(batchSize, restarts, variables, settings, builders);
  }
}
