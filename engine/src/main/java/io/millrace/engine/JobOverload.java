package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.overload.OverloadSettings;
import io.millrace.engine.overload.OverloadSettings.Mode;
import io.millrace.engine.overload.ShedRows;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.runtime.source.ShedPolicy;
import io.millrace.spi.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one job does when more rows come than it works off, and what it has lost by that. */
final class JobOverload {
  private final String job;
  private final OverloadSettings settings;

  /** Of each stream that may lose rows. */
  private final Map<String, ShedRows> shed = new LinkedHashMap<>();

  JobOverload(String job, CompiledScript script, Connections connections, Clock clock) {
    this.job = job;
    this.settings = OverloadSettings.of(script.settings());
    for (StreamDeclaration stream : script.plan().streams()) {
      if (settings.mayShed(stream, connections)) {
        shed.put(stream.name(), new ShedRows(job, stream.name(), settings.lag(), clock));
      }
    }
  }

  /** What happens to rows of a connector's stream. */
  ShedPolicy ofSource(String stream) {
    ShedRows rows = shed.get(stream);
    return rows == null ? ShedPolicy.NONE : rows;
  }

  /** What happens to rows that a program sends; null if it waits as long as it takes. */
  @Nullable Admission ofProgram(String stream) {
    ShedRows rows = shed.get(stream);
    return settings.mode() == Mode.REFUSE || rows != null
        ? new Admission(job, stream, settings.waitNanos(), rows)
        : null;
  }

  /** How many rows were left out, of each stream that may lose some. */
  Map<String, Long> shed() {
    Map<String, Long> counts = new LinkedHashMap<>();
    shed.forEach((stream, rows) -> counts.put(stream, rows.count()));
    return counts;
  }
}
