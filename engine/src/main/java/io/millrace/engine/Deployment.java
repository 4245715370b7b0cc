package io.millrace.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A script with all that a job is made of. Immutable; the methods give changed copies.
 *
 * @param script the text
 * @param sourceName the name of the text in errors, such as its file
 * @param jobName the name of the job; null for a new one
 * @param variables values of {@code ${name}}
 * @param settings values that go before SET in the script
 * @param snapshot a snapshot of a job of the same script, from which to go on; null to begin anew
 */
public record Deployment(
    String script,
    String sourceName,
    @Nullable String jobName,
    Map<String, String> variables,
    Map<String, String> settings,
    @Nullable Snapshot snapshot) {

  public Deployment {
    Objects.requireNonNull(script);
    Objects.requireNonNull(sourceName);
    variables = Map.copyOf(variables);
    settings = Map.copyOf(settings);
  }

  public static Deployment of(String script) {
    return new Deployment(script, "script", null, Map.of(), Map.of(), null);
  }

  public Deployment fromFile(String name) {
    return new Deployment(script, name, jobName, variables, settings, snapshot);
  }

  public Deployment named(String name) {
    return new Deployment(script, sourceName, name, variables, settings, snapshot);
  }

  public Deployment withVariable(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(variables);
    more.put(name, value);
    return new Deployment(script, sourceName, jobName, more, settings, snapshot);
  }

  public Deployment withSetting(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(key, value);
    return new Deployment(script, sourceName, jobName, variables, more, snapshot);
  }

  public Deployment restoring(Snapshot from) {
    return new Deployment(script, sourceName, jobName, variables, settings, from);
  }
}
