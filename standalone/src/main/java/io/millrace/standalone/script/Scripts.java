package io.millrace.standalone.script;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.spi.error.ScriptException;
import io.millrace.standalone.terminal.CommandException;
import io.millrace.standalone.terminal.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compiles query files of which later ones may read the streams of earlier ones. */
public final class Scripts {
  private final Engine engine;
  private final Messages messages;
  private final Map<String, String> variables;
  private final Map<String, String> settings;

  /**
   * @param variables values of {@code ${name}}, beside {@code ${here}}
   * @param settings go before SET in the scripts
   */
  public Scripts(
      Engine engine,
      Messages messages,
      Map<String, String> variables,
      Map<String, String> settings) {
    this.engine = engine;
    this.messages = messages;
    this.variables = Map.copyOf(variables);
    this.settings = Map.copyOf(settings);
  }

  /**
   * Compiles the files one after the other, and shows the errors of the first that has any: those
   * of the others may come from them.
   *
   * @return the scripts in the order of the files; empty if one has errors
   */
  public Optional<List<CompiledScript>> compile(List<QueryFile> files) {
    List<CompiledScript> compiled = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Optional<CompiledScript> script = compile(files.get(i), compiled);
      if (script.isEmpty()) {
        List<QueryFile> others = files.subList(i + 1, files.size());
        if (!others.isEmpty()) {
          messages.note(
              names(others) + " not checked: it may read streams of " + files.get(i).name());
        }
        return Optional.empty();
      }
      compiled.add(script.get());
    }
    return Optional.of(compiled);
  }

  /** Compiles one file, and shows its errors if it has any. */
  public Optional<CompiledScript> compile(QueryFile file, List<CompiledScript> earlier) {
    try {
      CompiledScript script = engine.compile(deployment(file), earlier);
      if (script.isEmpty()) {
        throw new CommandException(
            file.text().isBlank()
                ? "'" + file.name() + "' is empty"
                : "'" + file.name() + "' has no statement, only comments");
      }
      return Optional.of(script);
    } catch (ScriptException e) {
      messages.script(e);
      return Optional.empty();
    }
  }

  private Deployment deployment(QueryFile file) {
    Map<String, String> all = new HashMap<>(variables);
    // Variables are put into string literals, in which a quote is written twice.
    all.putIfAbsent("here", file.folder().toString().replace("'", "''"));
    Deployment deployment = Deployment.of(file.text()).fromFile(file.name());
    for (Map.Entry<String, String> variable : all.entrySet()) {
      deployment = deployment.withVariable(variable.getKey(), variable.getValue());
    }
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      deployment = deployment.withSetting(setting.getKey(), setting.getValue());
    }
    return deployment;
  }

  private static String names(List<QueryFile> files) {
    return String.join(", ", files.stream().map(QueryFile::name).toList());
  }
}
